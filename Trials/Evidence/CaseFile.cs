using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;

namespace Blockchain.Trials.Evidence;

/// <summary>All that an expectation is judged by.</summary>
public sealed class CaseFile(
    ActExecutor peers,
    IReadOnlyDictionary<PeerId, PeerReading?> readings,
    Func<IReadOnlyList<PeerEvent>> history,
    IReadOnlyDictionary<string, Mark> marks,
    TimeSpan start)
{
    /// <summary>
    /// Everything that peers told so far, in the order in which it was heard. Few ask for it, and of processes it is a
    /// copy.
    /// </summary>
    public IReadOnlyList<PeerEvent> History => history();

    /// <summary>
    /// The chosen peers, without those that are down because the scenario wants it, unless they are named one by one.
    /// </summary>
    public IReadOnlyList<PeerPlan> Chosen(PeerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return [.. peers.Chosen(choice).Where(peer => !peers.IsAbsent(peer.Id) || choice.Ids.Contains(peer.Id))];
    }

    /// <summary>Every peer that was honest until now, also those that are down.</summary>
    public IReadOnlySet<PeerId> Honest =>
        peers.Chosen(PeerChoice.All).Where(peers.IsHonest).Select(peer => peer.Id).ToHashSet();

    /// <summary>Null: it did not answer.</summary>
    public PeerReading? Of(PeerId peer) => readings.GetValueOrDefault(peer);

    /// <summary>When it was, since the Unix epoch; without a moment, the start of the run.</summary>
    public TimeSpan TimeOf(Since? since) => since switch
    {
        null => start,
        { Time: { } time } => start + time,
        { Label: var label } => marks[label!].Time,
    };

    /// <summary>The step of this name; null: it is still to come.</summary>
    public Mark? Mark(string label) => marks.GetValueOrDefault(label);

    /// <summary>The peer's metrics as they were then; null: they begin at nothing.</summary>
    public PeerReading? MetricsAt(Since? since, PeerId peer) =>
        since?.Label is { } label ? marks[label].Metrics.GetValueOrDefault(peer) : null;

    /// <summary>Judges each of some peers by what it says.</summary>
    /// <param name="wrong">What is wrong with it, in a few words; null: nothing.</param>
    public Judgement Each(IReadOnlyList<PeerPlan> chosen, Func<PeerReading, string?> wrong)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(wrong);
        if (chosen.Count == 0)
        {
            return Judgement.CouldNotBeTold("there is no such peer at this time");
        }

        var (bad, silent) = (new List<string>(), new List<string>());
        foreach (var peer in chosen)
        {
            if (Of(peer.Id) is not { } reading)
            {
                silent.Add(peer.Id.Value);
            }
            else if (wrong(reading) is { } problem)
            {
                bad.Add($"{peer.Id} {problem}");
            }
        }

        return Conclude(bad, silent);
    }

    /// <summary>What is known to be wrong decides; else who did not answer leaves it open.</summary>
    public static Judgement Conclude(IReadOnlyCollection<string> bad, IReadOnlyCollection<string> silent)
    {
        ArgumentNullException.ThrowIfNull(bad);
        ArgumentNullException.ThrowIfNull(silent);
        var noAnswer = silent.Count > 0 ? $"no answer from {string.Join(' ', silent)}" : "";
        return (bad.Count, silent.Count) switch
        {
            (0, 0) => Judgement.Held(),
            (0, _) => Judgement.CouldNotBeTold(noAnswer),
            (_, 0) => Judgement.DidNotHold(string.Join("; ", bad)),
            _ => Judgement.DidNotHold($"{string.Join("; ", bad)}; {noAnswer}"),
        };
    }
}
