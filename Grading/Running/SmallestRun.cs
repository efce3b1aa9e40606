using System.Diagnostics;
using Blockchain.Grading.Submissions;
using Blockchain.Shared;
using Blockchain.Trials;
using Blockchain.Trials.Hunting;

namespace Blockchain.Grading.Running;

/// <summary>
/// A run that fails in the same way with fewer peers, steps and seconds: what its student looks at first.
/// </summary>
internal sealed class SmallestRun(Workshop workshop, Workpiece piece, IReadOnlySet<PeerId> students)
{
    /// <summary>For each check. It is often done before; a class has hundreds of them.</summary>
    private static readonly TimeSpan LongestShrinking = TimeSpan.FromSeconds(10);

    /// <param name="scenario">A run that failed.</param>
    /// <param name="name">What it is called in the report.</param>
    /// <returns>Null if it does not fail again.</returns>
    public (string Svg, string Caption)? Draw(Scenario scenario, string name, CancellationToken stop)
    {
        if (new ScenarioRun(workshop, piece, scenario, students).Fail(stop) is not { } failure)
        {
            return null;
        }

        var begun = Stopwatch.GetTimestamp();
        bool IsOver() => stop.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) > LongestShrinking;
        var shrunk = new Shrinker(smaller => Run(smaller, IsOver, stop), IsOver).Shrink(failure);
        stop.ThrowIfCancellationRequested();
        var small = shrunk.Smallest;
        if (new ScenarioRun(workshop, piece, small.Scenario, students).Draw(stop) is not { } diagram)
        {
            return null;
        }

        var steps = string.Join(", then ", small.Scenario.Steps.Select(step => $"\u201c{step}\u201d"));
        var text = $"The smallest run found that fails like {name}: seed {small.Scenario.Seed}, "
            + $"{small.Scenario.Network.Peers.Count} of {scenario.Network.Peers.Count} peers, {steps}. "
            + $"It ended so: {small.How}. {diagram.Title}. {diagram.Subtitle}";
        return (diagram.ToSvg(), text);
    }

    // What stands behind the first failure nobody asks for. A run without the program says nothing of it. A program
    // that is slow, or hangs, may take seconds for each.
    private Failure?[] Run(IReadOnlyList<Scenario> scenarios, Func<bool> isOver, CancellationToken stop) =>
        scenarios.TakeWhile(_ => !isOver()).Where(one => one.Network.Peers.Any(peer => students.Contains(peer.Id)))
            .Select(one => new ScenarioRun(workshop, piece, one, students).Fail(stop))
            .Where(failure => failure is not null).Take(1).ToArray();
}
