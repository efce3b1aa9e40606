using System.Text.Json.Serialization;

namespace Blockchain.Shared;

/// <summary>
/// One thing that happened at one peer, as it is told outside of it: by a node at <c>/events</c>, in a recording of the
/// Observatory, in the event log of a simulation. The members that do not apply to a kind are not there.
/// </summary>
/// <param name="Time">Since the Unix epoch, by the clock of the peer, which may be a virtual one.</param>
/// <param name="Peer">Where it happened.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PeerUp), "peer-up")]
[JsonDerivedType(typeof(PeerDown), "peer-down")]
[JsonDerivedType(typeof(PeerSwitched), "peer-switched")]
[JsonDerivedType(typeof(NeighbourChanged), "neighbour-changed")]
[JsonDerivedType(typeof(NeighbourBanned), "neighbour-banned")]
[JsonDerivedType(typeof(GuestFailed), "guest-failed")]
[JsonDerivedType(typeof(NeighbourPardoned), "neighbour-pardoned")]
[JsonDerivedType(typeof(NeighbourOffended), "neighbour-offended")]
[JsonDerivedType(typeof(MessageRefused), "message-refused")]
[JsonDerivedType(typeof(RoundTripMeasured), "round-trip-measured")]
[JsonDerivedType(typeof(BlockMade), "block-made")]
[JsonDerivedType(typeof(BlockAccepted), "block-accepted")]
[JsonDerivedType(typeof(BlockOrphaned), "block-orphaned")]
[JsonDerivedType(typeof(BlockRejected), "block-rejected")]
[JsonDerivedType(typeof(TipChanged), "tip-changed")]
[JsonDerivedType(typeof(ChainReorganised), "chain-reorganised")]
[JsonDerivedType(typeof(AttackEnded), "attack-ended")]
[JsonDerivedType(typeof(TransactionMade), "transaction-made")]
[JsonDerivedType(typeof(MessagesRelayed), "messages-relayed")]
[JsonDerivedType(typeof(MessagesDropped), "messages-dropped")]
[JsonDerivedType(typeof(MessagesRedundant), "messages-redundant")]
[JsonDerivedType(typeof(MessagesReceived), "messages-received")]
[JsonDerivedType(typeof(MessageTraced), "message")]
[JsonDerivedType(typeof(Remark), "remark")]
public abstract record PeerEvent(
    [property: JsonPropertyName("t")] TimeSpan Time,
    PeerId Peer);
