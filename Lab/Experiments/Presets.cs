using Blockchain.Simulation;

namespace Blockchain.Lab.Experiments;

/// <summary>The measured networks by the names that configurations have for them.</summary>
internal static class Presets
{
    private static readonly (string Name, NetworkShape Shape)[] All =
    [
        ("bitcoin-2019", NetworkShape.Bitcoin2019),
        ("bitcoin-2015", NetworkShape.Bitcoin2015),
        ("litecoin", NetworkShape.Litecoin),
        ("dogecoin", NetworkShape.Dogecoin),
    ];

    public static IEnumerable<string> Names => All.Select(preset => preset.Name);

    public static string Name(NetworkShape shape) => All.First(preset => preset.Shape == shape).Name;

    public static NetworkShape? Find(string name) =>
        All.Where(preset => preset.Name == name).Select(preset => (NetworkShape?)preset.Shape).FirstOrDefault();
}
