using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>Where a configuration begins: a <c>peers.json</c>, a preset, or that of an earlier run.</summary>
internal static class ConfigSource
{
    private static readonly TimeSpan UsualDuration = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsualBlockInterval = TimeSpan.FromMinutes(10);
    private const int UsualBlocks = 100;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Null after having said why not.</summary>
    public static SimulationConfig? FromPeersFile(string path, List<string> problems)
    {
        var result = PeersFile.Load(path, File.ReadAllBytes);
        problems.AddRange(result.Errors.Select(problem => problem.ToString()));
        return result.Plan is { } plan ? new SimulationConfig { Network = new PlannedNetwork(plan) } : null;
    }

    /// <inheritdoc cref="FromPeersFile"/>
    public static SimulationConfig? FromConfig(string path, List<string> problems)
    {
        if (ReadText(path, problems) is not { } text)
        {
            return null;
        }

        try
        {
            var json = JsonNode.Parse(text, documentOptions: Lenient);
            var config = (json as JsonObject)?[RunManifest.ConfigurationMember] ?? json;
            return SimulationJson.Read(config?.ToJsonString() ?? "null");
        }
        catch (JsonException error)
        {
            problems.Add($"{path}: {error.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    /// <inheritdoc cref="FromPeersFile"/>
    public static SimulationConfig? FromPreset(string name, List<string> problems)
    {
        if (Presets.TryGet(name, out var shape))
        {
            var network = new GeneratedNetwork { Shape = shape, Peers = Presets.UsualPeers };
            return new SimulationConfig { Network = network, WarmUp = network.JoiningTakes };
        }

        problems.Add($"--preset: \"{name}\" does not exist; choose one of {string.Join(", ", Presets.Names)}.");
        return null;
    }

    /// <summary>The configuration with what nobody has said.</summary>
    /// <param name="isWhole">It is from a file, and so what it says nothing of is not to be.</param>
    public static SimulationConfig WithUsual(SimulationConfig config, bool isWhole)
    {
        var isGenerated = config.Network is GeneratedNetwork;
        if (config.Stop is { Duration: null, Blocks: null })
        {
            var stop = config.Stop;
            stop = isGenerated ? stop with { Blocks = UsualBlocks } : stop with { Duration = UsualDuration };
            config = config with { Stop = stop };
        }

        return isGenerated && !isWhole && config.Workload.BlockInterval is null
            ? config with { Workload = config.Workload with { BlockInterval = UsualBlockInterval } }
            : config;
    }

    internal static byte[]? ReadText(string path, List<string> problems)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(problem is FileNotFoundException or DirectoryNotFoundException
                ? $"{path}: there is no such file."
                : $"{path}: {problem.Message}");
            return null;
        }
    }
}
