using System.CommandLine;
using System.Diagnostics;
using Blockchain.Fuzzing;
using Blockchain.Fuzzing.Conversations;
using Blockchain.Fuzzing.Wire;
using Blockchain.Shared;

namespace Blockchain.Benchmarks.Fuzzing;

/// <summary>Fuzzes for as long as one likes; what fails is made small, shown, and kept in the corpus.</summary>
internal static class FuzzCommand
{
    private static readonly IFuzzTarget[] Targets = [new CodecTarget(), new FramingTarget(), new ConversationTarget()];

    private static string Folder => Path.Combine(Repository.Root, "tests", "Fuzzing", "corpus");

    public static Command Create()
    {
        var time = new Option<TimeSpan>("--for")
        {
            Description = "How long in all, such as 10min",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
            CustomParser = result =>
            {
                if (!Durations.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    result.AddError("--for is a duration, such as 10min");
                }

                return parsed;
            },
        };
        var seed = new Option<ulong>("--seed") { Description = "Of the first input", DefaultValueFactory = _ => 1 };
        var what = new Option<string[]>("--what") { Description = "Only these; otherwise all" };
        what.AcceptOnlyFromAmong([.. Targets.Select(target => target.Name)]);
        var command = new Command("fuzz", "Give random input to all that takes input from outside") { time, seed, what };
        command.SetAction(parsed => Run(
            [.. Targets.Where(target => parsed.GetValue(what) is not [_, ..] only || only.Contains(target.Name))],
            parsed.GetValue(time),
            parsed.GetValue(seed)));
        return command;
    }

    private static int Run(IFuzzTarget[] targets, TimeSpan time, ulong seed)
    {
        // Before the first assertion is met.
        AppContext.SetSwitch(Assertions.Switch, true);
        var kinds = 0;
        foreach (var target in targets)
        {
            var watch = Stopwatch.StartNew();
            Console.WriteLine($"{target.Name}: seed {seed}, for {Durations.Format(time / targets.Length)}");
            var (inputs, failures) = FuzzRun.Run(target, seed, _ => watch.Elapsed < time / targets.Length);
            Console.WriteLine($"{target.Name}: {inputs} inputs, {failures.Count} kinds of failure");
            foreach (var failure in failures)
            {
                Console.WriteLine(failure);
                Console.WriteLine($"kept as {Corpus.Keep(Folder, failure)}");
            }

            kinds += failures.Count;
        }

        return Math.Min(kinds, 1);
    }
}
