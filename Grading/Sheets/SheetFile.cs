using System.Text.Json;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Sheets;

/// <summary>Reads a sheet. All that is wrong is told at once, also of the scenarios that it names.</summary>
public static class SheetFile
{
    private static readonly string[] Members = ["$schema", "about", "rules", "scenarios", "limits"];

    private static readonly TimeSpan UsualBuildTime = TimeSpan.FromMinutes(5);

    /// <param name="readAllBytes">How the host reads a file: <c>File.ReadAllBytes</c>.</param>
    public static SheetResult Load(string path, Func<string, byte[]> readAllBytes)
    {
        ArgumentNullException.ThrowIfNull(readAllBytes);
        try
        {
            return Parse(readAllBytes(path), Path.GetDirectoryName(Path.GetFullPath(path))!, readAllBytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new SheetResult(null, [new PlanProblem("$", $"cannot be read: {problem.Message}", Severity.Error)]);
        }
    }

    /// <param name="folder">Where the paths of scenarios begin.</param>
    public static SheetResult Parse(ReadOnlySpan<byte> text, string folder, Func<string, byte[]> readAllBytes)
    {
        var problems = new ProblemList();
        if (!JsonText.TryParse(text, problems, out var document))
        {
            return new SheetResult(null, problems.All);
        }

        using (document)
        {
            var root = new JsonPlace(document.RootElement, JsonPath.Root, problems);
            var sheet = Read(root, new CheckReader(folder, readAllBytes));
            return new SheetResult(problems.HasErrors ? null : sheet, problems.All);
        }
    }

    private static Sheet Read(JsonPlace root, CheckReader reader)
    {
        var (about, limits, build) = ("", GuestLimits.Default with { Time = TimeSpan.FromMinutes(2) }, UsualBuildTime);
        foreach (var (name, place) in root.Members("a sheet: {\"rules\": […], \"scenarios\": […]}"))
        {
            switch (name)
            {
                case "$schema":
                    break;
                case "about":
                    _ = JsonFormats.Text.TryRead(place, out about);
                    break;
                case "rules":
                    ReadList(place, "a list of rules and what they are worth", reader.ReadRules);
                    break;
                case "scenarios":
                    ReadList(place, "a list of scenarios and what they are worth", reader.ReadScenario);
                    break;
                case "limits":
                    (limits, build) = LimitsReader.Read(place, limits, build);
                    break;
                default:
                    place.Problems.Error(place.Path, $"is unknown{Spelling.DidYouMean(name, Members)}");
                    break;
            }
        }

        if (reader.Checks.Count == 0 && !root.Problems.HasErrors)
        {
            root.Problems.Error(root.Path, "asks for nothing; add \"rules\" or \"scenarios\"");
        }

        foreach (var name in reader.Checks.CountBy(check => check.Name).Where(one => one.Value > 1))
        {
            root.Problems.Error(root.Path, $"has two checks called \"{name.Key}\"; give them different names");
        }

        return new Sheet(about, reader.Checks, limits, build);
    }

    private static void ReadList(JsonPlace place, string what, Action<JsonPlace> read)
    {
        if (place.Value.ValueKind != JsonValueKind.Array)
        {
            place.Expected(what);
            return;
        }

        foreach (var (index, item) in place.Value.EnumerateArray().Index())
        {
            read(place.At(index, item));
        }
    }
}
