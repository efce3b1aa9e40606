using System.Globalization;
using Blockchain.Events.Diagrams;
using Blockchain.Events.Messages;
using Blockchain.Experiments.Plots;
using Blockchain.Experiments.Runs;
using Blockchain.Shared;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Running;

namespace Blockchain.Experiments.Hunting;

/// <summary>The page about what a hunt has found.</summary>
internal static class HuntReport
{
    /// <summary>More of the last ones could not be told apart.</summary>
    private const int MostArrows = 250;

    /// <param name="events">Of the smallest run, single messages among them.</param>
    /// <param name="repeat">The command that repeats it.</param>
    public static ReportPage Of(HuntResult result, HuntSize before, HuntSize after, IReadOnlyList<PeerEvent> events, string repeat)
    {
        var smallest = result.Smallest;
        var page = new ReportPage(
            $"{result.Origin.Name}: the smallest failing run",
            $"Found in trial {result.Trial + 1} of a hunt, after {Duration.Seconds(result.Searching)}; "
            + $"made smaller in {Duration.Seconds(result.Shrinking)} with {result.Shrunk.Runs} runs.");
        if (!result.Shrunk.IsDone)
        {
            page.Warning("The time was over before it was as small as it can be.");
        }

        page.Figures(after.Figures)
            .Section(smallest.Broken is null ? "What was expected" : "What must always hold")
            .Code(smallest.What)
            .Section("What happened")
            .Code(smallest.How.Replace("; ", "\n", StringComparison.Ordinal))
            .Paragraph("This command gives the same run, byte for byte, and exit code 1:")
            .Code(repeat);
        Steps(page, smallest);
        Peers(page, smallest);
        Diagram(page, events);
        page.Section("The last events").Code(string.Join('\n', smallest.Result.Failure?.LastEvents ?? []));
        page.Section("How it was made smaller").Table(
            ["", "as it was found", "now"],
            [.. before.Figures.Zip(after.Figures, (was, now) => new[] { was.Name, was.Value, now.Value })]);
        return page.Section("The scenario").Code(ScenarioFile.Write(smallest.Scenario));
    }

    private static void Steps(ReportPage page, Failure failure)
    {
        var done = failure.Result.Steps;
        page.Section("The steps").Table(
            ["at", "step", "outcome"],
            [.. failure.Scenario.Steps.Select((step, i) => new[]
            {
                i < done.Count ? $"{Seconds(done[i].Began)} s" : "",
                step.ToString(),
                i < done.Count ? TrialRunner.Words(done[i].Judgement.Verdict)
                    : i == done.Count ? "the run ended here" : "not reached",
            })]);
    }

    private static void Diagram(ReportPage page, IReadOnlyList<PeerEvent> events)
    {
        var history = MessageHistory.Of(events);
        if (history.Arrows.Count == 0)
        {
            return;
        }

        var first = history.Arrows[Math.Max(0, history.Arrows.Count - MostArrows)];
        var diagram = SpaceTimeDiagram.Of(history, new MessageSelection { From = first.Queued });
        page.Section("Who said what").Drawing(diagram.ToSvg(), $"{diagram.Title}. {diagram.Subtitle}");
    }

    private static void Peers(ReportPage page, Failure failure)
    {
        var states = failure.Result.Failure?.States ?? [];
        page.Section("The peers").Table(
            ["peer", "what it is", "when it failed"],
            [.. failure.Scenario.Network.Peers.Select((peer, i) => new[]
            {
                $"peer {peer.Id}",
                string.Join(", ", Kinds(peer.Info, peer.Behaviour)),
                i < states.Count ? states[i].Split(": ", 2)[^1] : "",
            })]);
    }

    private static IEnumerable<string> Kinds(PeerInfo info, string behaviour)
    {
        yield return info.Light ? "light" : "full";
        if (info.NetworkId != PeerInfo.NoNetwork)
        {
            yield return $"{(info.Nat ? "behind NAT" : "gateway")} of group {info.NetworkId}";
        }

        if (behaviour != Behaviours.Honest)
        {
            yield return behaviour;
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
