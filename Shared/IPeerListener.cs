namespace Blockchain.Shared;

/// <summary>Hears of what happens rarely in a peer. Nothing that listens can change what the peer does.</summary>
public interface IPeerListener
{
    /// <summary>Whether anybody wants to hear of it. While nobody does, no event is built.</summary>
    bool IsListening => true;

    void Happened(PeerEvent what);
}
