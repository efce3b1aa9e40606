using Blockchain.Shared;

namespace Blockchain.PeerNode.Telemetry;

/// <param name="From">Who sent it: the origin of a RELAY, else the neighbour.</param>
/// <param name="Via">The neighbour that handed it over.</param>
internal readonly record struct Delivery(PeerId From, PeerId Via);
