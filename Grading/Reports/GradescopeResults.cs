using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;

namespace Blockchain.Grading.Reports;

/// <summary>
/// One grade as Gradescope reads it from the results.json of an autograder (Gradescope, "Autograder Specifications",
/// "Output format").
/// </summary>
internal static class GradescopeResults
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Grade grade, Sheet sheet, string protections) => new JsonObject
    {
        ["score"] = grade.Score,
        ["output"] = $"{sheet.About}\n{Missed(grade)}{protections}".Trim(),
        ["output_format"] = "text",
        ["visibility"] = "visible",
        ["stdout_visibility"] = "hidden",
        ["tests"] = new JsonArray([.. grade.Results.Select((one, i) => Test(one.Check, one.Result, i + 1))]),
        ["extra_data"] = new JsonObject { ["max_score"] = grade.MaxScore },
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Test(Check check, CheckResult result, int number) => new()
    {
        ["name"] = check.Name + (check.IsMandatory ? " (mandatory)" : ""),
        ["number"] = $"{number}",
        ["score"] = Grade.ScoreOf(check, result),
        ["max_score"] = check.Weight,
        ["status"] = result.IsWhole ? "passed" : "failed",
        ["output"] = GradeText.Output(check, result),
        ["output_format"] = "text",
        ["visibility"] = "visible",
    };

    private static string Missed(Grade grade) => grade.Missed.Count == 0
        ? ""
        : $"0 points in all, since this is mandatory and did not hold: "
            + $"{string.Join(", ", grade.Missed.Select(check => check.Name))}\n";
}
