using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>
/// Something that is done to a network at a moment: by a scenario, by a fault of a simulation. <see cref="ActKind"/>
/// has the words and arguments of each, <see cref="ActExecutor"/> does it on any host.
/// </summary>
/// <param name="At">Since the start of the run. Without meaning where a scenario says in another way when.</param>
public abstract record Act(TimeSpan At)
{
    /// <summary>What it undoes by itself after this time; null: nothing.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>When the last of its effects that end by themselves has ended, since the start of the run.</summary>
    public TimeSpan End => At + (For ?? TimeSpan.Zero);
}

/// <summary>Something that is done to some of the peers.</summary>
public abstract record PeerAct(TimeSpan At, PeerChoice Peers) : Act(At);

/// <summary>Each of the chosen peers makes blocks now, one after the other.</summary>
/// <param name="Label">By this name expectations speak of the blocks; null: none does.</param>
public sealed record MineBlocks(TimeSpan At, PeerChoice Peers, int Count = 1, string? Label = null)
    : PeerAct(At, Peers);

/// <summary>Each of the chosen peers makes transactions now.</summary>
/// <param name="To">Who gets the amount; null: the first peer that the maker knows.</param>
/// <param name="Label">By this name expectations speak of the transactions; null: none does.</param>
public sealed record SendTransactions(
    TimeSpan At, PeerChoice Peers, PeerId? To = null, long Amount = 1, int Count = 1, string? Label = null)
    : PeerAct(At, Peers);

/// <summary>Each of the chosen peers makes so many transactions a second; 0: those of its plan.</summary>
public sealed record Load(TimeSpan At, PeerChoice Peers, double PerSecond) : PeerAct(At, Peers);

/// <summary>Whether the chosen peers make blocks and transactions by themselves.</summary>
public sealed record Generate(TimeSpan At, PeerChoice Peers, bool Value) : PeerAct(At, Peers);

/// <summary>The chosen peers are gone from one moment to the next, with all that they have not stored.</summary>
public sealed record Kill(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>The chosen peers stop in an orderly way.</summary>
public sealed record Leave(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>Those of the chosen peers that are down start again.</summary>
public sealed record Start(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>The chosen peers stop in an orderly way, if they run, and start again.</summary>
public sealed record Restart(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>The chosen peers are not there before this moment.</summary>
public sealed record Join(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>
/// The chosen peers come and go, each by itself, until all of them are up again at the end of <see cref="Act.For"/>.
/// </summary>
/// <param name="MeanUp">Mean time that a peer is up, exponential.</param>
/// <param name="MeanDown">Mean time that it is down, exponential.</param>
public sealed record Churn(TimeSpan At, PeerChoice Peers, TimeSpan MeanUp, TimeSpan MeanDown) : PeerAct(At, Peers);

/// <summary>The chosen peers stand still.</summary>
public sealed record Pause(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>The chosen peers go on.</summary>
public sealed record Resume(TimeSpan At, PeerChoice Peers) : PeerAct(At, Peers);

/// <summary>
/// The chosen peers and the others no longer reach each other, until <see cref="Heal"/>; no peer is told.
/// </summary>
/// <param name="From">The others; null: all that are not chosen.</param>
/// <param name="Direction">What no longer gets through, seen from the chosen peers.</param>
public sealed record Partition(
    TimeSpan At, PeerChoice Peers, PeerChoice? From = null, Direction Direction = Direction.Both)
    : PeerAct(At, Peers);

/// <summary>Ends every <see cref="Partition"/>.</summary>
public sealed record Heal(TimeSpan At) : Act(At);

/// <summary>
/// Cuts the peers of a <c>localnetworkid</c> off from all others, or connects them again; the peers know it.
/// </summary>
public sealed record CutOff(TimeSpan At, int NetworkId, bool Value = true) : Act(At);

/// <summary>
/// Changes the loss, latency and capacity of what the chosen peers send; null: as it is. With all of them null the
/// peers go back to what their plan says.
/// </summary>
/// <param name="To">Only what goes to these neighbours; null: to all.</param>
/// <param name="Loss">Share of the messages, 0..1.</param>
/// <param name="Burst">Mean number of messages that are lost in a row; 1: each is lost or not by itself.</param>
/// <param name="Latency">Of each message, drawn from this range.</param>
/// <param name="Capacity">Messages a second; 0: no limit.</param>
public sealed record Conditions(
    TimeSpan At,
    PeerChoice Peers,
    PeerChoice? To = null,
    double? Loss = null,
    double? Burst = null,
    Range<TimeSpan>? Latency = null,
    double? Capacity = null)
    : PeerAct(At, Peers)
{
    /// <summary>It changes nothing, and so takes back what was changed.</summary>
    public bool IsReset => (Loss, Burst, Latency, Capacity) is (null, null, null, null);
}

/// <summary>The chosen peers behave so from now on.</summary>
/// <param name="Behaviour">A name of <see cref="Behaviours"/>.</param>
public sealed record Behave(TimeSpan At, PeerChoice Peers, string Behaviour = Behaviours.FalseIds)
    : PeerAct(At, Peers);
