using System.Text.Json.Nodes;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>
/// What Prometheus is told to fetch: a configuration that stays the same, and beside it the list of targets that it
/// reads
/// anew whenever it changes (<c>file_sd</c>).
/// </summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config</remarks>
public static class ScrapeConfiguration
{
    public const string ConfigurationFile = "prometheus.yml";
    public const string TargetsFile = "targets.json";

    /// <summary>Paths in it are relative to the folder that it lies in.</summary>
    public const string Configuration = $"""
        global:
          scrape_interval: 5s
        scrape_configs:
          - job_name: peers
            metrics_path: /metrics
            file_sd_configs:
              - files: ["{TargetsFile}"]

        """;

    /// <summary>The list of targets, each with the labels <c>peer</c>, <c>network</c> and <c>role</c>.</summary>
    public static string Targets(IEnumerable<ScrapeTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new JsonArray([.. targets.Select(ToJson)]).ToJsonString(new() { WriteIndented = true }) + "\n";
    }

    private static JsonObject ToJson(ScrapeTarget target) => new()
    {
        ["targets"] = new JsonArray(target.Address),
        ["labels"] = new JsonObject
        {
            ["peer"] = target.Peer.Id.Value,
            ["network"] = ServiceNames.OfNetwork(target.Peer.NetworkId),
            ["role"] = target.Peer.Light ? "light" : "full",
        },
    };
}
