using System.Collections.Immutable;
using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>One peer as its events tell of it.</summary>
public sealed record PeerState(PeerId Id)
{
    public Presence Presence { get; init; }

    /// <summary>When its presence last changed; null while it never did.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>When it started, since the Unix epoch; tells a restart from a lost connection.</summary>
    public TimeSpan? Started { get; init; }

    /// <summary>
    /// Its last runs, in the order of time. What looked like an end, and was a lost connection only, ends none.
    /// </summary>
    public ImmutableArray<PeerRun> Runs { get; init; } = [];

    /// <summary>Whether <see cref="Nat"/>, <see cref="Light"/> and <see cref="NetworkId"/> are known.</summary>
    public bool IsDescribed { get; init; }

    public bool Nat { get; init; }

    public bool Light { get; init; }

    public int NetworkId { get; init; } = PeerInfo.NoNetwork;

    public bool Malicious { get; init; }

    /// <summary>
    /// When it was malicious first; null: never. Whoever has banned it does not forget, so that it is not honest again.
    /// </summary>
    public TimeSpan? MaliciousSince { get; init; }

    public bool Generating { get; init; } = true;

    /// <summary>Its network is cut off from the others.</summary>
    public bool CutOff { get; init; }

    public bool Paused { get; init; }

    /// <summary>A name of <see cref="Behaviours"/>.</summary>
    public string Behaviour { get; init; } = Behaviours.Honest;

    /// <summary>Share of the messages that are lost on the way, 0..1; null while it has not said.</summary>
    public double? Loss { get; init; }

    public TimeSpan? LatencyMin { get; init; }

    public TimeSpan? LatencyMax { get; init; }

    /// <summary>How many messages in a row are lost on average; 1: no loss depends on another.</summary>
    public double Burst { get; init; } = 1;

    /// <summary>Messages a second that it was told to send at most, 0: no limit; null: as planned.</summary>
    public double? Capacity { get; init; }

    /// <summary>How many peers it has other conditions to than these.</summary>
    public int Pairs { get; init; }

    /// <summary>To how many peers nothing of it gets.</summary>
    public int Blocked { get; init; }

    /// <summary>Transactions a second that it was told to make; 0: those of its plan.</summary>
    public double Load { get; init; }

    /// <summary>What it refused last, and why; null: nothing.</summary>
    public MessageRefused? LastRefusal { get; init; }

    /// <summary>The last block of its chain; null before the first.</summary>
    public Hash256? Tip { get; init; }

    /// <summary>Blocks in its chain.</summary>
    public int Height { get; init; }

    /// <summary>In the order of their ids.</summary>
    public ImmutableSortedSet<PeerId> Banned { get; init; } = [];

    public int BlocksMade { get; init; }

    public int Reorganisations { get; init; }

    /// <summary>Messages since the begin of the observation, as are the others.</summary>
    public long Received { get; init; }

    public long Redundant { get; init; }

    public long Dropped { get; init; }

    /// <summary>Messages of others that it passed on.</summary>
    public long Relayed { get; init; }

    /// <summary>Whether a block that was made at this time is meant for it.</summary>
    /// <param name="isMaker">It made the block itself.</param>
    public bool IsMeantFor(TimeSpan made, bool isMaker) => Spread.IsMeantFor(
        isRunning: Runs.Any(run => run.Contains(made)), isHonest: !(MaliciousSince <= made), isMaker);

    public bool IsUp => Presence == Presence.Up;

    /// <summary>What <c>NetworkPlan.CanReach</c> asks for; it has no address.</summary>
    public PeerInfo Info => new(Id, "", 0, Nat, Light, NetworkId);
}
