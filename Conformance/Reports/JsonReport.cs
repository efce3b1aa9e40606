using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Blockchain.Conformance.Reports;

/// <summary>All results as one JSON document.</summary>
public static class JsonReport
{
    // For a file, not for a page: what is readable may stay so.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<ConformanceReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return new JsonArray([.. reports.Select(Node)]).ToJsonString(Indented) + "\n";
    }

    private static JsonNode Node(ConformanceReport report) => new JsonObject
    {
        ["testee"] = report.Testee,
        ["form"] = report.Form,
        ["seed"] = report.Seed,
        ["results"] = new JsonArray([.. report.Results.Select(Node)]),
    };

    private static JsonNode Node(RuleResult result) => new JsonObject
    {
        ["rule"] = result.Rule,
        ["test"] = result.Test,
        ["verdict"] = VerdictText.Of(result.Verdict),
        ["reason"] = result.Reason,
        ["sentence"] = result.Sentence,
        ["lines"] = new JsonArray([.. result.Lines.Select(Node)]),
    };

    private static JsonNode Node(ExchangedLine line) => new JsonObject
    {
        ["at"] = Math.Round(line.At.TotalSeconds, 6),
        ["fromTestee"] = line.IsFromTestee,
        ["peer"] = line.Peer,
        ["text"] = line.Text,
    };
}
