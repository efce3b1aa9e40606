using System.CommandLine;
using System.Globalization;
using Blockchain.Shared;
using Range = System.Range;

namespace Blockchain.Benchmarks.Mutants;

/// <summary>
/// Says what the tests do not see: of the mutants of <c>Shared</c>, drawn at random, how many make a test of
/// <c>Shared.Tests</c> fail.
/// </summary>
/// <remarks>
/// Stryker makes all mutants of a project and has no draw of some; all of them would take days here.
/// </remarks>
internal static class MutantsCommand
{
    private const string Tests = "Blockchain.Shared.Tests";

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many", DefaultValueFactory = _ => 200 };
        var seed = new Option<ulong>("--seed") { Description = "Which", DefaultValueFactory = _ => 1 };
        var only = new Option<string?>("--only") { Description = "In files whose path contains this" };
        var skip = new Option<int>("--skip") { Description = "How many of the draw to leave out: goes on with it" };
        var near = new Option<bool>("--near")
        {
            Description = "Run only the tests of the same folder and those of whole peers, where time is short",
        };
        var list = new Option<bool>("--list") { Description = "Say which they are, and run no test" };
        var command = new Command("mutants", "Change Shared at random places and see whether a test notices")
        {
            count, seed, skip, only, near, list,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(skip)..parsed.GetValue(count),
            parsed.GetValue(seed),
            parsed.GetValue(only),
            parsed.GetValue(near),
            parsed.GetValue(list)));
        return command;
    }

    private static int Run(Range range, ulong seed, string? only, bool isNear, bool isList)
    {
        var root = Repository.Root;
        var built = Path.Combine(root, "tests", "Shared.Tests", "bin", "Release", "net10.0");
        if (!Directory.Exists(built))
        {
            Console.Error.WriteLine("First: dotnet build tests/Shared.Tests -c Release");
            return 1;
        }

        var compiler = new MutantCompiler(Path.Combine(root, "Shared"));
        var all = compiler.FindAll().Where(mutant => only is null || mutant.File.Contains(only)).ToList();
        Console.WriteLine($"{all.Count} places, seed {seed}");
        var random = new SeededRandom(seed);
        random.ShuffleFront(all, all.Count);
        var folder = Directory.CreateTempSubdirectory("mutants");
        try
        {
            Copy(built, folder.FullName);
            return Try(all, range, isNear, isList, compiler, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Try(
        List<Mutant> drawn, Range range, bool isNear, bool isList, MutantCompiler compiler, string folder)
    {
        var assembly = Path.Combine(folder, "Blockchain.Shared.dll");
        compiler.TryCompile(null, assembly);
        var program = Path.Combine(folder, Tests);
        if (!isList && TestRun.Run(program, isNear ? ["-namespace", $"{Tests}.Core"] : []) is { } broken)
        {
            Console.Error.WriteLine($"Without any mutant a test fails: {broken}");
            return 1;
        }

        var survivors = new List<Mutant>();
        var tried = 0;
        foreach (var mutant in drawn.Where(mutant => compiler.TryCompile(mutant, assembly)).Take(range))
        {
            var killer = isList ? "" : Killer(program, mutant, isNear);
            Console.WriteLine($"{range.Start.Value + ++tried,4} {mutant}  {(killer is null ? "SURVIVED" : killer)}");
            if (killer is null)
            {
                survivors.Add(mutant);
            }
        }

        if (!isList)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{tried - survivors.Count} of {tried} killed ({(double)(tried - survivors.Count) / tried:P1})"));
        }

        return 0;
    }

    /// <summary>
    /// The tests of the same folder first, which most often notice; then the others. Those of the wire cost most and
    /// use nothing but the wire.
    /// </summary>
    private static string? Killer(string program, Mutant mutant, bool isNear)
    {
        var room = Path.GetDirectoryName(mutant.File)!.Split(Path.DirectorySeparatorChar)[0];
        string[] wire = room is "Wire" or "" ? [] : ["-namespace-", $"{Tests}.Wire"];
        string[] others = room.Length == 0 ? [] : ["-namespace-", $"{Tests}.{room}", .. wire];
        return (room.Length == 0 ? null : TestRun.Run(program, ["-namespace", $"{Tests}.{room}"]))
            ?? TestRun.Run(program, isNear ? ["-namespace", $"{Tests}.Core"] : others);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
