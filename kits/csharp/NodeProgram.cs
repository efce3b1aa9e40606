using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>A node as a program: <c>--stdio</c>, or <c>--id 5005 --config peers.json [--seed 1]</c>.</summary>
public static class NodeProgram
{
    /// <returns>The exit code.</returns>
    public static int Run(Node node, string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Contains("--stdio"))
        {
            var plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            using var input = new StreamReader(Console.OpenStandardInput(), plain);
            using var output = new StreamWriter(Console.OpenStandardOutput(), plain);
            new StdioHost(node).Run(input, output);
            return 0;
        }

        if (Option("--id") is not { } id)
        {
            Console.Error.WriteLine("give --stdio, for virtual time, or --id and --config, for real time");
            return 2;
        }

        var network = JsonNode.Parse(File.ReadAllText(Option("--config") ?? "peers.json"))!.AsObject();
        PeerEntry[] peers =
        [
            .. network["peers"]!.AsObject().Select(peer => PeerEntry.Of(peer.Key, peer.Value!.AsObject())),
        ];
        var settings = network["defaults"]?.DeepClone() as JsonObject ?? [];
        foreach (var (name, value) in network["peers"]![id]!.AsObject())
        {
            settings[name] = value?.DeepClone();
        }

        var seed = Option("--seed") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        new TcpHost(node, peers.Single(peer => peer.Id == id)).Run(peers, settings, seed);
        return 0;

        string? Option(string name) =>
            Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
