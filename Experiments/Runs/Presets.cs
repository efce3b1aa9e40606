using System.Text.Json;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>The networks that can be drawn, by the names that they have in configurations.</summary>
internal static class Presets
{
    public const int UsualPeers = 1_000;

    private static readonly Dictionary<string, NetworkShape> ByName =
        Enum.GetValues<NetworkShape>().ToDictionary(NameOf);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static bool TryGet(string name, out NetworkShape shape) => ByName.TryGetValue(name, out shape);

    public static string NameOf(NetworkShape shape) =>
        JsonSerializer.SerializeToElement(shape, SimulationJson.Options.GetTypeInfo(typeof(NetworkShape))).GetString()!;
}
