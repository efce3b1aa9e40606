using Blockchain.PeerNode.Transport;
using Blockchain.Shared;

namespace Blockchain.PeerNode;

/// <summary>Something that the event loop has to do next.</summary>
internal abstract record PeerInput
{
    /// <summary>When it was posted, on the clock of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long PostedAt { get; set; }
}

/// <summary>A connection was accepted, whose peer is still to be told.</summary>
internal sealed record ConnectionOpened(PeerConnection Connection) : PeerInput;

internal sealed record ConnectionClosed(PeerConnection Connection) : PeerInput;

/// <summary>What one read of a connection gave.</summary>
/// <param name="Lines">From the shared pool, and returned there by the loop.</param>
/// <param name="Count">How many of the array are used.</param>
/// <param name="Bytes">How many bytes they had.</param>
internal sealed record LinesReceived(PeerConnection Connection, ReceivedLine[] Lines, int Count, long Bytes)
    : PeerInput;

internal sealed record TransmissionsFailed(IReadOnlyList<Transmission> Transmissions) : PeerInput;

/// <summary>Something asked of the peer, or told it, from outside the network: pages, control, health.</summary>
/// <param name="Refuse">What is done instead where the loop has ended before it came to it.</param>
internal sealed record Question(Action<Peer, TimeSpan> Ask, Action? Refuse = null) : PeerInput;

/// <summary>All blocks that were accepted up to this one are stored.</summary>
/// <param name="Number">As the storage counts them.</param>
internal sealed record BlocksStored(long Number) : PeerInput;

/// <summary>Blocks cannot be stored any more, or can again.</summary>
internal sealed record StorageChanged : PeerInput
{
    public static StorageChanged Instance { get; } = new();
}

/// <summary>Something is due.</summary>
internal sealed record TimerElapsed : PeerInput
{
    public static TimerElapsed Instance { get; } = new();
}
