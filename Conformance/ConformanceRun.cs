using System.Diagnostics;
using Blockchain.Conformance.Rules;
using Blockchain.Conformance.Running;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance;

/// <summary>Tries all tests with a node, each with a fresh one.</summary>
public static class ConformanceRun
{
    /// <param name="start">A fresh guest for every test; it is disposed if it can be. Called from several threads.</param>
    /// <param name="testee">What is tested, for people.</param>
    /// <param name="rules">Those asked for; null: all.</param>
    /// <param name="told">Hears of each result, in no order; null: nobody.</param>
    public static ConformanceReport InVirtualTime(
        Func<IGuest> start, string testee, IReadOnlySet<string>? rules, ulong seed, CancellationToken stop,
        Action<RuleResult>? told = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        var parallel = new ParallelOptions
        {
            CancellationToken = stop,
            MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount),
        };
        var jobs = Job.All(rules, Forms.Stdio);
        var results = new JobResult[jobs.Count];
        Parallel.For(0, jobs.Count, parallel, i =>
        {
            results[i] = jobs[i].RunAsync(random => new VirtualTestee(start(), random), seed, stop)
                .GetAwaiter().GetResult();
            told?.Invoke(results[i].Result);
        });
        return new ConformanceReport(testee, "stdio", seed, [.. results.Select(one => one.Result)]);
    }

    /// <param name="start">From the plan of the node and the plain file of its network to a process of it.</param>
    /// <inheritdoc cref="InVirtualTime"/>
    public static Task<ConformanceReport> OverTcpAsync(
        Func<PeerPlan, string, ProcessStartInfo> start, string testee, IReadOnlySet<string>? rules, ulong seed,
        CancellationToken stop, Action<RuleResult>? told = null) => throw new NotImplementedException();
}
