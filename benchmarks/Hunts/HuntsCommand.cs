using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Blockchain.Benchmarks.Mutants;

namespace Blockchain.Benchmarks.Hunts;

/// <summary>
/// Says what <c>Lab hunt</c> finds: builds <c>Shared</c> with one rule broken at a time, hunts with each, and prints how
/// fast it was found and how small it was made.
/// </summary>
internal static class HuntsCommand
{
    private const string Shared = "Blockchain.Shared.dll";
    private const string Lab = "Blockchain.Lab.dll";
    private const int Found = 1;

    private static readonly string Folder = Path.Combine(Repository.Root, "benchmarks", "Hunts");

    public static Command Create()
    {
        var time = new Option<string>("--for")
        {
            Description = "How long to search for each at most", DefaultValueFactory = _ => "3min",
        };
        var only = new Option<string?>("--only") { Description = "Those whose rule contains this" };
        var keep = new Option<string?>("--keep") { Description = "A folder for what the hunts write" };
        var command = new Command("hunts", "Break one rule of Shared at a time and see whether a hunt finds it")
        {
            time, only, keep,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(time)!, parsed.GetValue(only) ?? "", parsed.GetValue(keep)));
        return command;
    }

    private static int Run(string time, string only, string? keep)
    {
        var built = Path.Combine(Repository.Root, "Lab", "bin", "Release", "net10.0");
        if (!File.Exists(Path.Combine(built, Lab)))
        {
            Console.Error.WriteLine("First: dotnet build Lab -c Release");
            return 1;
        }

        var compiler = new MutantCompiler(Path.Combine(Repository.Root, "Shared"));
        var folder = Directory.CreateTempSubdirectory("hunts");
        try
        {
            Copy(built, folder.FullName);
            Console.WriteLine("| rule | by | trial | s | peers | faults | steps | messages | made smaller in s | as |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---|");
            foreach (var (number, fault) in PlantedFaults.All.Index().Where(one => one.Item.Rule.Contains(only)))
            {
                var results = Path.Combine(keep ?? folder.FullName, $"result-{number + 1}");
                Console.WriteLine($"| {fault.Rule} {Hunt(fault, compiler, folder.FullName, results, time)}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    /// <returns>The cells of its row.</returns>
    private static string Hunt(
        PlantedFault fault, MutantCompiler compiler, string folder, string results, string time)
    {
        if (!compiler.TryCompile(fault.File, fault.Original, fault.Replacement, Path.Combine(folder, Shared)))
        {
            return "| it does not compile |";
        }

        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(folder, Lab), "hunt", Path.Combine(Folder, $"{fault.Scenario}.json"), "--for", time,
                "--seeds", "1000000", "--out", results,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return process.ExitCode switch
        {
            0 => $"| not found in {watch.Elapsed.TotalSeconds:0} s: {Trials(output.Result)} |",
            Found => Row(Path.Combine(results, "hunt.json")),
            var code => $"| exit code {code}: {output.Result} {errors.Result} |",
        };
    }

    private static string Row(string summary)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(summary));
        var root = json.RootElement;
        var (before, after) = (root.GetProperty("asFound"), root.GetProperty("smallest"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {root.GetProperty("scenario")} | {root.GetProperty("trial")} | {root.GetProperty("searchingSeconds")} "
            + $"| {Both("peers")} | {Both("faults")} | {Both("steps")} | {Both("messages")} "
            + $"| {root.GetProperty("shrinkingSeconds")} | {root.GetProperty("what")} |");

        string Both(string name) => $"{before.GetProperty(name)} → {after.GetProperty(name)}";
    }

    private static string Trials(string output) =>
        output.Split('\n').LastOrDefault(line => line.Contains(" trials, ", StringComparison.Ordinal))?.Trim() ?? "";

    /// <summary>What is large is not copied: folders below, which hold libraries of other systems.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var below in Directory.EnumerateDirectories(from))
        {
            Directory.CreateSymbolicLink(Path.Combine(to, Path.GetFileName(below)), below);
        }
    }
}
