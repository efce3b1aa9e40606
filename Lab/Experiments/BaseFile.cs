using System.Text.Json;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Lab.Experiments;

/// <summary>Reads the network of an experiment from a <c>peers.json</c> or from a configuration of the simulator.</summary>
internal static class BaseFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <returns>Null after its problems were added, one line each.</returns>
    public static SimulationConfig? Read(string path, ICollection<string> problems)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(problem is FileNotFoundException or DirectoryNotFoundException
                ? $"{path}: there is no such file."
                : $"{path}: {problem.Message}");
            return null;
        }

        return IsConfiguration(text) ? ReadConfiguration(path, text, problems) : ReadPlan(path, text, problems);
    }

    /// <summary>It says what its network is, where a <c>peers.json</c> says who its peers are.</summary>
    private static bool IsConfiguration(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("network", out _);
        }
        catch (JsonException)
        {
            // The reader of peers.json says what is wrong, and where.
            return false;
        }
    }

    private static SimulationConfig? ReadConfiguration(string path, byte[] text, ICollection<string> problems)
    {
        try
        {
            return SimulationJson.Read(System.Text.Encoding.UTF8.GetString(text)) with { Checks = BaseNetworks.Checks };
        }
        catch (JsonException problem)
        {
            problems.Add($"{path}: {problem.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    private static SimulationConfig? ReadPlan(string path, byte[] text, ICollection<string> problems)
    {
        var result = PeersFile.Parse(text);
        foreach (var problem in result.Errors)
            problems.Add($"{path}: {problem}");
        return result.Plan is { } plan ? BaseNetworks.Planned(plan) : null;
    }
}
