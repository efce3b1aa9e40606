using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Blockchain.Experiments.Hunting;

/// <summary>What a hunt has found, for programs.</summary>
internal sealed record HuntSummary(HuntResult Result, HuntSize Before, HuntSize After)
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => new JsonObject
    {
        ["scenario"] = Result.Origin.Name,
        ["trial"] = Result.Trial + 1,
        ["trials"] = Result.Runs,
        ["searchingSeconds"] = Math.Round(Result.Searching.TotalSeconds, 1),
        ["shrinkingSeconds"] = Math.Round(Result.Shrinking.TotalSeconds, 1),
        ["shrinkingRuns"] = Result.Shrunk.Runs,
        ["isSmallest"] = Result.Shrunk.IsDone,
        ["broken"] = Result.Smallest.Broken,
        ["what"] = Result.Smallest.What,
        ["how"] = Result.Smallest.How,
        ["asFound"] = Of(Before),
        ["smallest"] = Of(After),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Of(HuntSize size) => new()
    {
        ["peers"] = size.Peers,
        ["faults"] = size.Faults,
        ["steps"] = size.Steps,
        ["messages"] = size.Messages,
        ["seconds"] = size.Time.TotalSeconds,
    };
}
