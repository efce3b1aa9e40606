using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <param name="Transmission">What the peer wants to be told of if it fails.</param>
/// <param name="Message">What goes over the wire: the transmission's message, perhaps with a trace context.</param>
internal readonly record struct Outgoing(Transmission Transmission, Message Message);
