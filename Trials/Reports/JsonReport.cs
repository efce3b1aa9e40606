using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Reports;

/// <summary>Results as JSON: a list with an object for each run. Times are in seconds.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<TrialResult> results) =>
        new JsonArray([.. results.Select(Write)]).ToJsonString(Readable) + "\n";

    private static JsonObject Write(TrialResult result) => new()
    {
        ["scenario"] = result.Scenario.Name,
        ["host"] = result.Host,
        ["seed"] = result.Scenario.Seed,
        ["verdict"] = TrialRunner.Words(result.Verdict),
        ["took"] = Seconds(result.Took),
        ["broken"] = result.Broken,
        ["steps"] = new JsonArray([.. result.Steps.Select(step => new JsonObject
        {
            ["step"] = step.Step.ToString(),
            ["began"] = Seconds(step.Began),
            ["took"] = Seconds(step.Took),
            ["verdict"] = TrialRunner.Words(step.Judgement.Verdict),
            ["detail"] = step.Judgement.Detail,
        })]),
        ["failure"] = result.Failure is not { } failure ? null : new JsonObject
        {
            ["at"] = Seconds(failure.At),
            ["peers"] = Texts(failure.States),
            ["lastEvents"] = Texts(failure.LastEvents),
        },
    };

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
