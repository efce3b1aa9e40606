using System.Text.Json.Serialization;
using Blockchain.Shared;

namespace Blockchain.Simulation.Faults;

/// <summary>Something that goes wrong, or is mended, at a moment.</summary>
/// <param name="At">Virtual time since the start of the run.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Partition), "partition")]
[JsonDerivedType(typeof(Heal), "heal")]
[JsonDerivedType(typeof(CutOffNetwork), "cut-off")]
[JsonDerivedType(typeof(Crash), "crash")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(Churn), "churn")]
[JsonDerivedType(typeof(LateJoin), "late-join")]
[JsonDerivedType(typeof(TurnMalicious), "malicious")]
[JsonDerivedType(typeof(LossBurst), "loss-burst")]
[JsonDerivedType(typeof(Pause), "pause")]
public abstract record Fault(TimeSpan At);

/// <summary>A fault of some of the peers.</summary>
/// <param name="Peers">Whom it strikes.</param>
public abstract record PeerFault(TimeSpan At, PeerChoice Peers) : Fault(At);

/// <summary>The chosen peers and the others no longer reach each other, until <see cref="Heal"/>.</summary>
public sealed record Partition(TimeSpan At, PeerChoice Peers) : PeerFault(At, Peers);

/// <summary>Ends every <see cref="Partition"/>.</summary>
public sealed record Heal(TimeSpan At) : Fault(At);

/// <summary>
/// Cuts the peers of a <c>localnetworkid</c> off from all others, or connects them again; the peers know it, as a node
/// does whose control API was told.
/// </summary>
public sealed record CutOffNetwork(TimeSpan At, int NetworkId, bool IsCutOff = true) : Fault(At);

/// <summary>The chosen peers are gone from one moment to the next, with all that they knew.</summary>
public sealed record Crash(TimeSpan At, PeerChoice Peers) : PeerFault(At, Peers);

/// <summary>Those of the chosen peers that are down start again, with empty chains.</summary>
public sealed record Restart(TimeSpan At, PeerChoice Peers) : PeerFault(At, Peers);

/// <summary>The chosen peers come and go, each by itself, until all of them are up again at the end.</summary>
/// <param name="Until">Virtual time since the start of the run.</param>
/// <param name="MeanUp">Mean time that a peer is up, exponential.</param>
/// <param name="MeanDown">Mean time that it is down, exponential.</param>
public sealed record Churn(TimeSpan At, TimeSpan Until, PeerChoice Peers, TimeSpan MeanUp, TimeSpan MeanDown)
    : PeerFault(At, Peers);

/// <summary>The chosen peers are not there before this moment.</summary>
public sealed record LateJoin(TimeSpan At, PeerChoice Peers) : PeerFault(At, Peers);

/// <summary>The chosen peers begin, or cease, to make up the ids of their blocks.</summary>
public sealed record TurnMalicious(TimeSpan At, PeerChoice Peers, bool IsMalicious = true) : PeerFault(At, Peers);

/// <summary>Every link loses this share of messages in addition.</summary>
/// <param name="Until">Virtual time since the start of the run.</param>
/// <param name="Loss">0..1.</param>
public sealed record LossBurst(TimeSpan At, TimeSpan Until, double Loss) : Fault(At);

/// <summary>The chosen peers stand still.</summary>
/// <param name="Until">Virtual time since the start of the run.</param>
public sealed record Pause(TimeSpan At, TimeSpan Until, PeerChoice Peers) : PeerFault(At, Peers);

/// <summary>
/// Some of the peers: those named, those of a network, and of the rest a random share. An empty choice is nobody.
/// </summary>
public sealed record PeerChoice
{
    /// <summary>Ids; unknown ones stop the start.</summary>
    public IReadOnlyList<PeerId> Ids { get; init; } = [];

    /// <summary>All peers of this <c>localnetworkid</c>.</summary>
    public int? NetworkId { get; init; }

    /// <summary>This share of all peers, 0..1, drawn when the fault happens.</summary>
    public double Share { get; init; }

    public static PeerChoice Of(params IEnumerable<string> ids) =>
        new() { Ids = [.. ids.Select(id => new PeerId(id))] };

    public static PeerChoice ShareOf(double share) => new() { Share = share };
}
