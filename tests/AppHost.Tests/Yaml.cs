using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Blockchain.AppHost.Tests;

/// <summary>Looking around in YAML without types for it.</summary>
internal static class Yaml
{
    public static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(text))));
        return Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>Null where there is no such place.</summary>
    public static YamlNode? At(this YamlNode? node, params string[] path) => path.Aggregate(
        node, (current, key) => current is YamlMappingNode mapping && mapping.Children.TryGetValue(
            key, out var child) ? child : null);

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => (node as YamlSequenceNode)?.Children ?? [];

    public static IReadOnlyDictionary<string, YamlNode> Members(this YamlNode? node) =>
        (node as YamlMappingNode)?.Children.ToDictionary(pair => pair.Key.Text()!, pair => pair.Value) ?? [];

    public static IReadOnlyDictionary<string, string?> Texts(this YamlNode? node) =>
        node.Members().ToDictionary(pair => pair.Key, pair => pair.Value.Text());
}
