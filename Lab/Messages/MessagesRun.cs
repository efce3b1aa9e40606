using Blockchain.Events.Messages;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Messages;

/// <summary>Shows what two peers say to each other, of a file or as it happens.</summary>
internal sealed class MessagesRun(IAnsiConsole console, TextWriter error)
{
    /// <summary>How long a network that runs is listened to, unless something else is asked for.</summary>
    public static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private int _lines;

    /// <param name="from">Of a file: what comes before this time since its begin is left out.</param>
    /// <param name="during">How much of it.</param>
    public async Task<int> RunAsync(EventSource source, PeerId one, PeerId other, TimeSpan? from, TimeSpan? during)
    {
        PlainOutput.KeepLinesWhole(console);
        if (source.Running is { } plan)
        {
            return await FollowAsync(plan, one, other, during ?? UsualTime);
        }

        try
        {
            return Read(source, one, other, from ?? TimeSpan.Zero, during);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Refused;
        }
    }

    /// <summary>The two, and who can relay between them where they cannot connect.</summary>
    internal static IReadOnlyList<PeerId> Concerned(NetworkPlan plan, PeerId one, PeerId other) =>
        plan.CanReach(one, other) && plan.CanReach(other, one)
            ? [one, other]
            : [one, other, .. plan.Groups.SelectMany(group => group.Gateways).Except([one, other]).Distinct()];

    private int Read(EventSource source, PeerId one, PeerId other, TimeSpan from, TimeSpan? during)
    {
        var events = source.ReadAll();
        var missing = new[] { one, other }.Where(peer => !events.Any(happened => happened.Peer == peer)).ToArray();
        if (missing.Length > 0)
        {
            Array.ForEach(missing, peer => error.WriteLine(source.Lacks(peer)));
            return ExitCode.Refused;
        }

        var conversation = new Conversation(one, other);
        var start = events.Min(happened => happened.Time);
        foreach (var happened in events)
        {
            conversation.Add(happened);
        }

        Begin(one, other, start);
        Show(
            conversation.Take(TimeSpan.MaxValue).Where(
                line => line.Time >= start + from && !(line.Time > start + from + during)),
            one,
            start);
        return End();
    }

    private async Task<int> FollowAsync(NetworkPlan plan, PeerId one, PeerId other, TimeSpan during)
    {
        using var stop = new StopRequest(during);
        var conversation = new Conversation(one, other);
        var gate = new Lock();
        var start = Now();
        var live = new LiveEvents(plan, Concerned(plan, one, other));
        Begin(one, other, start);
        var following = live.FollowAsync(
            happened =>
            {
                lock (gate)
                {
                    conversation.Add(happened);
                }
            },
            error.WriteLine,
            stop.Token);
        while (!following.IsCompleted)
        {
            await Task.WhenAny(following, Task.Delay(Interval));
            ShowReady(Now());
        }

        await following;
        ShowReady(TimeSpan.MaxValue);
        return live.Heard == 0 ? ExitCode.Failure : End();

        void ShowReady(TimeSpan now)
        {
            lock (gate)
            {
                Show(conversation.Take(now), one, start);
            }
        }
    }

    private static TimeSpan Now() => DateTime.UtcNow - DateTime.UnixEpoch;

    private void Begin(PeerId one, PeerId other, TimeSpan start) => console.WriteLine(FormattableString.Invariant(
        $"{one} and {other}, times in seconds since {DateTime.UnixEpoch + start:yyyy-MM-dd HH:mm:ss} UTC"));

    private void Show(IEnumerable<ConversationLine> lines, PeerId left, TimeSpan start)
    {
        foreach (var line in lines)
        {
            var colour = line.End switch
            {
                ArrowEnd.Arrived => Color.Default,
                ArrowEnd.Underway => Color.Grey,
                _ => Color.Red,
            };
            console.WriteLine(ConversationText.Of(line, left, start), new Style(colour));
            _lines++;
        }
    }

    private int End()
    {
        console.WriteLine(_lines == 1 ? "1 message" : FormattableString.Invariant($"{_lines:N0} messages"));
        return ExitCode.Success;
    }
}
