using System.Diagnostics;
using System.Net;
using Blockchain.Conformance.Rules;
using Blockchain.Conformance.Running;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance;

/// <summary>Tries all tests with a node, each with a fresh one.</summary>
public static class ConformanceRun
{
    /// <summary>Most of the time a node in real time, and who tests it, wait.</summary>
    private const int AtATime = 10;

    /// <summary>All of them are peers of one node.</summary>
    private const int FewAtATime = 5;

    /// <param name="start">A fresh guest for every test; it is disposed if it can be. Called from several
    /// threads.</param>
    /// <param name="testee">What is tested, for people.</param>
    /// <param name="rules">Those asked for; null: all.</param>
    /// <param name="told">Hears of each result, in no order; null: nobody.</param>
    public static ConformanceReport InVirtualTime(
        Func<IGuest> start, string testee, IReadOnlySet<string>? rules, ulong seed, CancellationToken stop,
        Action<RuleResult>? told = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        var jobs = Job.All(rules, Forms.Stdio);
        var results = new JobResult[jobs.Count];
        var parallel = new ParallelOptions
        {
            CancellationToken = stop,
            MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount),
        };
        Parallel.For(0, jobs.Count, parallel, i =>
        {
            // Nothing is waited for in virtual time.
            results[i] = jobs[i].RunAsync(random => new VirtualTestee(start(), random), seed, stop)
                .GetAwaiter().GetResult();
            told?.Invoke(results[i].Result);
        });
        return new ConformanceReport(testee, "stdio", seed, Judge(results));
    }

    /// <param name="start">From the plan of the node and the plain file of its network to a process of it.</param>
    /// <inheritdoc cref="InVirtualTime"/>
    public static Task<ConformanceReport> OverTcpAsync(
        Func<PeerPlan, string, ProcessStartInfo> start, string testee, IReadOnlySet<string>? rules, ulong seed,
        CancellationToken stop, Action<RuleResult>? told = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        return RunAsync();

        async Task<ConformanceReport> RunAsync()
        {
            var jobs = Job.All(rules, Forms.Tcp);
            var results = new JobResult[jobs.Count];
            var order = Enumerable.Range(0, jobs.Count).OrderByDescending(i => jobs[i].Test?.IsLong == true);
            var parallel = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = AtATime };
            await Parallel.ForEachAsync(order, parallel, async (i, token) =>
            {
                results[i] = await jobs[i].RunAsync(_ => new TcpTestee(start), seed, token);
                told?.Invoke(results[i].Result);
            });
            return new ConformanceReport(testee, "tcp", seed, Judge(results));
        }
    }

    /// <param name="address">Of a node that runs already, on this machine.</param>
    /// <exception cref="NotSupportedException">What is there cannot be tried while it runs; the message says why.
    /// </exception>
    /// <inheritdoc cref="InVirtualTime"/>
    public static async Task<ConformanceReport> OfRunningAsync(
        IPEndPoint address, IReadOnlySet<string>? rules, ulong seed, CancellationToken stop,
        Action<RuleResult>? told = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (await RunningNode.MeetAsync(address, stop) is not { } info)
        {
            throw new NotSupportedException("nothing there answers a newcomer's HELLO or PING");
        }

        if (info.Light)
        {
            throw new NotSupportedException("it is a light peer, and only a full one can be tried while it runs");
        }

        var node = new RunningNode(info, seed);
        var jobs = Job.All(rules, Forms.Tcp);
        var results = new JobResult[jobs.Count];
        foreach (var (atATime, part) in (IReadOnlyList<(int, Func<RuleTest?, bool>)>)[
            (1, test => test?.IsAlone == true),
            (FewAtATime, test => test is not { IsAlone: true } and not { IsHarmful: true }),
            (FewAtATime, test => test?.IsHarmful == true)])
        {
            var order = Enumerable.Range(0, jobs.Count).Where(i => part(jobs[i].Test))
                .OrderByDescending(i => jobs[i].Test?.IsLong == true);
            var parallel = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = atATime };
            await Parallel.ForEachAsync(order, parallel, async (i, token) =>
            {
                results[i] = await node.RunAsync(jobs[i], token);
                told?.Invoke(results[i].Result);
            });
        }

        return new ConformanceReport($"{info.Id} at {address}", "running", seed, Judge(results));
    }

    /// <summary>Whatever it is tested for: that a node wrote what is no message breaks W10.</summary>
    private static RuleResult[] Judge(JobResult[] results)
    {
        if (results.FirstOrDefault(one => one.Malformed is not null) is not { } wrong)
        {
            return [.. results.Select(one => one.Result)];
        }

        var own = RuleBook.All.First(rule => rule.Id == "W10");
        var broken = new RuleResult(
            own.Id, "What it writes are messages", own.Sentence, RuleVerdict.Broken,
            $"It wrote a line that is no message: {Scene.Short(wrong.Malformed!)}", wrong.Result.Lines);
        var at = Array.FindLastIndex(results, one => one.Result.Rule == own.Id);
        return at < 0
            ? [.. results.Select(one => one.Result)]
            : [.. results.Take(at + 1).Select(one => one.Result), broken,
                .. results.Skip(at + 1).Select(one => one.Result)];
    }
}
