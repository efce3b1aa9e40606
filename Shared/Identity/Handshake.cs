using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Identity;

/// <summary>
/// How the two ends of one connection prove to each other who they are: each sends a CHALLENGE, and answers the other's
/// with a PROOF. A proof is signed for one connection, one direction, one prover and one verifier, so that it can be
/// neither replayed nor sent back nor shown to a third.
/// </summary>
/// <param name="network">Whose peers can be proven.</param>
/// <param name="self">This end.</param>
/// <param name="dialed">Whom this end has called; null: it was called, and learns by whom.</param>
/// <param name="challenge">32 bytes that nobody could foresee, of this connection alone.</param>
public sealed class Handshake(SignedNetwork network, PeerId self, PeerId? dialed, Hash256 challenge)
{
    private Challenge? _theirs;

    /// <summary>What this end says first.</summary>
    public Challenge Opening(MessageId id) => new(self, challenge, id);

    /// <summary>The other end's challenge came.</summary>
    /// <returns>
    /// The answer; null if there is none: for a second challenge, and if the other end is not whom we have called.
    /// </returns>
    public Proof? Answer(Challenge theirs, MessageId id)
    {
        ArgumentNullException.ThrowIfNull(theirs);
        if (_theirs is not null || theirs.Sender == self || theirs.Sender != (dialed ?? theirs.Sender)
            || network.InfoOf(theirs.Sender) is null)
        {
            return null;
        }

        _theirs = theirs;
        var text = new PooledBytes(256);
        SignedText.OfProof(dialed is not null, self, theirs.Sender, theirs.Value, challenge, ref text);
        var proof = new Proof(self, theirs.Sender, network.Sign(text.Written), id);
        text.Dispose();
        return proof;
    }

    /// <summary>Whether the other end is who it says, by its answer to our challenge.</summary>
    public bool Proves(Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (_theirs is not { } theirs || proof.Sender != theirs.Sender || proof.Target != self)
        {
            return false;
        }

        var text = new PooledBytes(256);
        SignedText.OfProof(dialed is null, proof.Sender, self, challenge, theirs.Value, ref text);
        var isProven = network.Verify(proof.Sender, text.Written, proof.Signature);
        text.Dispose();
        return isProven;
    }
}
