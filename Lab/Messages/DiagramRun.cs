using Blockchain.Events.Diagrams;
using Blockchain.Events.Messages;
using Blockchain.Lab.Commands;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Lab.Messages;

/// <summary>Draws a space-time diagram of a file, or of what a network does while it is listened to.</summary>
internal sealed class DiagramRun(DiagramRequest request, TextWriter output, TextWriter error)
{
    public static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(30);

    private const int MostNamed = 5;

    public async Task<int> RunAsync(EventSource source)
    {
        try
        {
            var events = source.Running is { } plan ? await ListenAsync(plan) : source.ReadAll();
            return events.Count == 0 ? ExitCode.Failure : Draw(source, events);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Refused;
        }
    }

    private async Task<IReadOnlyList<PeerEvent>> ListenAsync(NetworkPlan plan)
    {
        using var stop = new StopRequest(request.During ?? UsualTime);
        var events = new List<PeerEvent>();
        await new LiveEvents(plan, [.. plan.Peers.Select(peer => peer.Id)])
            .FollowAsync(events.Add, error.WriteLine, stop.Token);
        return events;
    }

    private int Draw(EventSource source, IReadOnlyList<PeerEvent> events)
    {
        var history = MessageHistory.Of(events);
        var problems = new List<string>();
        var selection = Select(history, Start(events, history), problems);
        problems.AddRange(request.Peers.Concat(request.ToPeer is { } to ? [to] : []).Distinct()
            .Where(peer => !history.Peers.Contains(peer))
            .Select(source.Lacks));
        if (problems.Count > 0)
        {
            problems.ForEach(error.WriteLine);
            return ExitCode.Refused;
        }

        var diagram = SpaceTimeDiagram.Of(history, selection, request.ToPeer);
        File.WriteAllText(request.Output, diagram.ToSvg() + "\n");
        output.WriteLine(diagram.Title);
        output.WriteLine(diagram.Subtitle);
        if (diagram.Path is { } path)
        {
            output.WriteLine(Split(path));
        }

        output.WriteLine($"written to {request.Output}");
        return ExitCode.Success;
    }

    /// <summary>"5007 got it after 1.31 s: latency 620 ms, loss and retry 690 ms".</summary>
    private static string Split(SpreadPath path) => $"{path.To} got it after {DiagramText.Seconds(path.Delay)}: "
        + string.Join(", ", Enum.GetValues<DelayKind>()
            .Where(kind => path.Sum(kind) > TimeSpan.Zero)
            .Select(kind => $"{DiagramText.Of(kind)} {DiagramText.Seconds(path.Sum(kind))}"));

    /// <summary>The past that nodes tell of when they are asked is before the begin.</summary>
    private static TimeSpan Start(IReadOnlyList<PeerEvent> events, MessageHistory history) =>
        history.Arrows.Count > 0 ? history.Arrows[0].Queued : events.Max(happened => happened.Time);

    private MessageSelection Select(MessageHistory history, TimeSpan start, List<string> problems)
    {
        var subject = request.Block is { } block ? Only(history.FindBlocks(block), "block", block, problems)
            : request.Transaction is { } id ? Only(history.FindTransactions(id), "transaction", id, problems)
            : null;
        var isNothingAsked = request is { Block: null, Transaction: null, From: null, To: null };
        if (isNothingAsked)
        {
            subject = history.SlowestBlock();
        }

        if (isNothingAsked && subject is null)
        {
            problems.Add(
                "No block was made there that somebody else got; say with --from and --to which time to draw.");
        }

        return new MessageSelection
        {
            Subject = subject,
            From = start + request.From,
            To = start + request.To,
            Peers = request.Peers,
        };
    }

    private static Hash256? Only(IReadOnlyList<Hash256> found, string kind, string prefix, List<string> problems)
    {
        if (found.Count == 1)
        {
            return found[0];
        }

        problems.Add(found.Count == 0
            ? $"No {kind} is told of whose id begins with \"{prefix}\"."
            : $"The ids of {found.Count} {kind}s begin with \"{prefix}\": "
                + string.Join(", ", found.Take(MostNamed).Select(id => id.Prefix))
                + (found.Count > MostNamed ? " and others." : "."));
        return null;
    }
}
