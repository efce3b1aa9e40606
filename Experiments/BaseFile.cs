using System.Text.Json;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>
/// Reads the network of an experiment from a <c>peers.json</c>, or from a configuration or manifest of the simulator.
/// </summary>
internal static class BaseFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <returns>Null after its problems were added, one line each.</returns>
    public static SimulationConfig? Read(string path, List<string> problems)
    {
        if (ConfigSource.ReadText(path, problems) is not { } text)
        {
            return null;
        }

        return IsConfiguration(text)
            ? ConfigSource.FromConfig(path, problems) is { } config ? config with { Checks = BaseNetworks.Checks }
                : null
            : ConfigSource.FromPeersFile(path, problems)?.Network is PlannedNetwork { Plan: var plan }
                ? BaseNetworks.Planned(plan) : null;
    }

    /// <summary>It says what its network is, where a <c>peers.json</c> says who its peers are.</summary>
    private static bool IsConfiguration(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && (json.RootElement.TryGetProperty("network", out _)
                    || json.RootElement.TryGetProperty(RunManifest.ConfigurationMember, out _));
        }
        catch (JsonException)
        {
            // The reader of peers.json says what is wrong, and where.
            return false;
        }
    }
}
