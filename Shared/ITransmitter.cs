namespace Blockchain.Shared;

/// <summary>Carries a peer's messages: TCP in a node, an event queue in the simulator, a list in a test.</summary>
public interface ITransmitter
{
    /// <summary>
    /// Hands a message to the network for <see cref="Transmission.NextHop"/>. Must not block and must not call back
    /// into the peer; a failure is reported later by <see cref="Peer.TransmitFailed"/> with the same value.
    /// </summary>
    void Transmit(in Transmission transmission);
}
