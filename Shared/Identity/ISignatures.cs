using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Identity;

/// <summary>
/// Ed25519 by a library of the host's choice: the core says what is signed, and has no cryptography of its own. Many
/// threads may call it at once.
/// </summary>
public interface ISignatures
{
    /// <summary>Signs with this peer's own private key.</summary>
    Signature Sign(ReadOnlySpan<byte> text);

    /// <summary>
    /// Whether the owner of a key has signed a text. False, never an exception, for a key that is none.
    /// </summary>
    bool Verify(PublicKey key, ReadOnlySpan<byte> text, Signature signature);
}
