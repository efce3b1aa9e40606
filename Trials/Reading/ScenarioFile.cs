using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Reading;

/// <summary>Reads and writes scenarios: text in, text out, no files.</summary>
public static class ScenarioFile
{
    /// <summary>
    /// Reads a scenario. Reports every error at once, each with its JSON path; never throws for what the text contains.
    /// Comments and trailing commas are allowed.
    /// </summary>
    /// <param name="name">Of the file, without folder and extension.</param>
    /// <param name="readNetwork">Reads a file that "network" names, by its path as it stands there.</param>
    /// <param name="seed">In place of the one of the file, where that is not null.</param>
    public static ScenarioResult Parse(
        ReadOnlySpan<byte> json, string name, Func<string, byte[]> readNetwork, ulong? seed = null) =>
        new ScenarioReader(name, readNetwork, seed).Read(json);

    /// <summary>The same from a file. One that cannot be read is a problem like any other.</summary>
    /// <param name="path">As the user said it.</param>
    /// <param name="readAllBytes">How the host reads a file: <c>File.ReadAllBytes</c>.</param>
    /// <inheritdoc cref="Parse"/>
    public static ScenarioResult Load(string path, Func<string, byte[]> readAllBytes, ulong? seed = null)
    {
        ArgumentNullException.ThrowIfNull(readAllBytes);
        var folder = Path.GetDirectoryName(path) ?? "";
        try
        {
            var result = Parse(
                readAllBytes(path),
                Path.GetFileNameWithoutExtension(path),
                network => readAllBytes(Path.Combine(folder, network)),
                seed);
            return result.Scenario is { } scenario
                ? result with { Scenario = scenario with { Network = scenario.Network.In(folder) } }
                : result;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = problem is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file."
                : problem.Message;
            return new ScenarioResult(null, [new PlanProblem(path, why, Severity.Error)]);
        }
    }

    /// <summary>A file that <see cref="Parse"/> reads as the same scenario, its network in it.</summary>
    public static string Write(Scenario scenario) => ScenarioWriter.Write(scenario);
}
