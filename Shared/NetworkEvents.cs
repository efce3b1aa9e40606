using System.Text.Json.Serialization;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>The peer is there. The first event of every stream of a node, and what it is follows from it.</summary>
/// <param name="NetworkId">Its <c>localnetworkid</c>; -1: none.</param>
/// <param name="Started">When it started, since the Unix epoch.</param>
public sealed record PeerUp(TimeSpan Time, PeerId Peer, bool Nat, bool Light, int NetworkId, TimeSpan Started)
    : PeerEvent(Time, Peer);

/// <summary>The peer is gone: it said so, or whoever listened to it has lost it.</summary>
public sealed record PeerDown(TimeSpan Time, PeerId Peer) : PeerEvent(Time, Peer);

/// <summary>Somebody changed how the peer behaves; all that can be changed, as it is now.</summary>
/// <param name="Loss">Share of the messages that are lost on the way, 0..1.</param>
/// <param name="LatencyMin">Of one message.</param>
/// <param name="Load">Transactions a second that it was told to make instead of those of its plan; 0: none.</param>
/// <param name="Behaviour">A name of <see cref="Behaviours"/>; "false-ids" is what <paramref name="Malicious"/>
/// says.</param>
/// <param name="Burst">How many messages in a row are lost on average; 1: no loss depends on another.</param>
/// <param name="Capacity">Messages a second that it was told to send at most, 0: no limit; null: as planned.</param>
/// <param name="Pairs">How many peers it has other conditions to than those here.</param>
/// <param name="Blocked">To how many peers nothing of it gets.</param>
/// <param name="LatencyShape">A name of <see cref="LatencyShapes"/>, of which the two latencies are the median and the
/// 90th percentile; null: uniform between them.</param>
public sealed record PeerSwitched(
    TimeSpan Time,
    PeerId Peer,
    bool Malicious,
    bool Generating,
    bool CutOff,
    bool Paused,
    double Loss,
    TimeSpan LatencyMin,
    TimeSpan LatencyMax,
    double Load = 0,
    string Behaviour = Behaviours.Honest,
    double Burst = 1,
    double? Capacity = null,
    int Pairs = 0,
    int Blocked = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LatencyShape = null)
    : PeerEvent(Time, Peer);

/// <summary>What the peer thinks of another one: there, or not; "Unknown" when it has just learnt of it.</summary>
public sealed record NeighbourChanged(TimeSpan Time, PeerId Peer, PeerId Other, PeerStatus Status)
    : PeerEvent(Time, Peer);

/// <summary>The peer has banned another one.</summary>
public sealed record NeighbourBanned(TimeSpan Time, PeerId Peer, PeerId Other) : PeerEvent(Time, Peer);

/// <summary>The peer is a program of somebody else, and has ended or broken the rules of a turn.</summary>
/// <param name="Why">For people: what it was asked, and what it said.</param>
public sealed record GuestFailed(TimeSpan Time, PeerId Peer, string Why) : PeerEvent(Time, Peer);

/// <summary>The ban of another one has ended.</summary>
public sealed record NeighbourPardoned(TimeSpan Time, PeerId Peer, PeerId Other) : PeerEvent(Time, Peer);

/// <summary>Another one has delivered a false id, which the peer counts against it.</summary>
/// <param name="Offences">How many it has delivered by now.</param>
public sealed record NeighbourOffended(TimeSpan Time, PeerId Peer, PeerId Other, int Offences)
    : PeerEvent(Time, Peer);

/// <summary>
/// The peer refused something that arrived, since it is not what it claims to be or cannot be understood.
/// </summary>
/// <param name="Via">Whose connection it came on; '@' and an address where that is not a known peer.</param>
/// <param name="Why">What is wrong with it, in words for people.</param>
public sealed record MessageRefused(
    TimeSpan Time, PeerId Peer, MessageType Type, DropReason Reason, PeerId Via, string Why)
    : PeerEvent(Time, Peer);

/// <param name="RoundTrip">This one's, not smoothed; in the replay at the begin of a stream the smoothed one.</param>
public sealed record RoundTripMeasured(TimeSpan Time, PeerId Peer, PeerId Other, TimeSpan RoundTrip)
    : PeerEvent(Time, Peer);

/// <summary>What a person did to the network, to be marked on its time lines.</summary>
/// <param name="Peer">To whom; <see cref="Remark.Everybody"/> where it concerns more than one.</param>
/// <param name="IsFinding">
/// It says that something expected did not hold: what who opens the recording wants to see first.
/// </param>
public sealed record Remark(TimeSpan Time, PeerId Peer, string Text, bool IsFinding = false) : PeerEvent(Time, Peer)
{
    /// <summary>In place of a peer: the network. No peer has this name.</summary>
    public static PeerId Everybody => new("@network");
}
