using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Running;

/// <summary>A network that a scenario runs on: in virtual time, as processes, or on Aspire.</summary>
public interface ITrialHost : IActHost, IAsyncDisposable
{
    /// <summary>One of <see cref="HostNames"/>.</summary>
    string Name { get; }

    /// <summary>Since the Unix epoch, by the clock of the peers.</summary>
    TimeSpan Now { get; }

    /// <summary>How long to wait before somebody looks again whether something is true.</summary>
    TimeSpan LookInterval { get; }

    /// <summary>
    /// Everything that peers told so far, in the order in which it was heard, without counts of messages.
    /// </summary>
    IReadOnlyList<PeerEvent> History { get; }

    /// <summary>Starts the network without the absent peers, and waits until it is up.</summary>
    Task StartAsync(Predicate<PeerId> isAbsent, CancellationToken stop);

    /// <summary>Lets time pass up to a moment, and does meanwhile what is scheduled.</summary>
    /// <param name="until">Since the Unix epoch.</param>
    Task PassAsync(TimeSpan until, CancellationToken stop);

    /// <summary>Asks peers about themselves; null for each that does not answer.</summary>
    Task<IReadOnlyDictionary<PeerId, PeerReading?>> ReadAsync(
        IReadOnlyCollection<PeerId> peers, Need needs, CancellationToken stop);

    /// <summary>
    /// Why nobody may blame the network for being late since a moment: the machine was busy with something else. Null:
    /// it had time.
    /// </summary>
    /// <param name="from">Since the Unix epoch.</param>
    string? WhyNotInTime(TimeSpan from);

    /// <summary>Marks the recording at this moment, where there is one.</summary>
    /// <param name="isFinding">Something did not hold, or could not be told.</param>
    void Remark(string text, bool isFinding = false);
}
