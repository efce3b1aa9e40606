using System.CommandLine;
using System.Diagnostics;
using Blockchain.Fuzzing;
using Blockchain.Fuzzing.Conversations;
using Blockchain.Fuzzing.Http;
using Blockchain.Fuzzing.Topology;
using Blockchain.Fuzzing.Wire;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.Benchmarks.Fuzzing;

/// <summary>Fuzzes for as long as one likes; what fails is made small, shown, and kept in the corpus.</summary>
internal static class FuzzCommand
{
    private const string Http = "http";

    private static readonly IFuzzTarget[] Targets =
        [new CodecTarget(), new FramingTarget(), new PeersFileTarget(), new ConversationTarget()];

    private static readonly string[] Names = [.. Targets.Select(target => target.Name), Http];

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
        var what = new Option<string[]>("--what")
        {
            Description = "Only these; otherwise all",
            AllowMultipleArgumentsPerToken = true,
        };
        what.AcceptOnlyFromAmong(Names);
        var command = new Command("fuzz", "Give random input to all that takes input from outside")
        {
            time, seed, what,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(what) is [_, ..] some ? some : Names, parsed.GetValue(time), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(string[] names, TimeSpan time, ulong seed)
    {
        // Before the first assertion is met.
        AppContext.SetSwitch(Assertions.Switch, true);
        using var node = names.Contains(Http) ? new FuzzedNode() : null;
        var targets = Targets.Where(target => names.Contains(target.Name)).ToList();
        if (node is not null)
        {
            targets.Add(new HttpTarget(node.Http, ControlRoutes.KeyHeader, FuzzedNode.Key));
        }

        return targets.Sum(target => Run(target, time / targets.Count, seed)) > 0 ? 1 : 0;
    }

    /// <returns>How many kinds of failure there are.</returns>
    private static int Run(IFuzzTarget target, TimeSpan time, ulong seed)
    {
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"{target.Name}: from seed {seed} on, for {Durations.Format(time)}");
        var (inputs, failures) = FuzzRun.Run(target, seed, _ => watch.Elapsed < time);
        Console.WriteLine($"{target.Name}: {inputs} inputs, {failures.Count} kinds of failure");
        foreach (var failure in failures)
        {
            Console.WriteLine(failure);
            Console.WriteLine($"kept as {Corpus.Keep(Folder, failure)}");
        }

        return failures.Count;
    }
}
