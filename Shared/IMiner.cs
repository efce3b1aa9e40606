using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>Does the work for a block while the peer goes on. One at a time; none of its methods waits.</summary>
public interface IMiner
{
    /// <summary>
    /// Looks for a nonce for this block, and no longer for that of another one. What it finds is told by
    /// <see cref="Peer.Mined"/>.
    /// </summary>
    void Search(Block template);

    /// <summary>Looks for nothing any more.</summary>
    void Stop();
}
