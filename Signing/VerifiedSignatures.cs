using System.Buffers.Binary;
using System.Security.Cryptography;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.Signing;

/// <summary>
/// Remembers which signatures were right, so that a transaction costs one verification at a node: it comes from
/// several neighbours, and then once more in its block. Wrong ones are not remembered, so that nobody can fill this
/// with them.
/// </summary>
/// <param name="limit">How many are remembered at least; twice as many at most.</param>
public sealed class VerifiedSignatures(ISignatures inner, int limit = 100_000) : ISignatures
{
    private readonly Lock _lock = new();
    private HashSet<UInt128> _young = [];
    private HashSet<UInt128> _old = [];
    private long _verified;

    /// <summary>How many were verified, and not only remembered.</summary>
    public long Verified => Interlocked.Read(ref _verified);

    public Signature Sign(ReadOnlySpan<byte> text) => inner.Sign(text);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> text, Signature signature)
    {
        var name = NameOf(key, text, signature);
        lock (_lock)
        {
            if (_young.Contains(name) || _old.Contains(name))
            {
                return true;
            }
        }

        Interlocked.Increment(ref _verified);
        if (!inner.Verify(key, text, signature))
        {
            return false;
        }

        lock (_lock)
        {
            if (_young.Count >= limit)
            {
                (_old, _young) = (_young, _old);
                _young.Clear();
            }

            _young.Add(name);
        }

        return true;
    }

    /// <summary>Half of a SHA-256 of all three, of which nobody can find two alike.</summary>
    private static UInt128 NameOf(PublicKey key, ReadOnlySpan<byte> text, Signature signature)
    {
        const int fixedLength = PublicKey.ByteLength + Signature.ByteLength;
        var length = fixedLength + text.Length;
        Span<byte> all = length <= 512 ? stackalloc byte[length] : new byte[length];
        key.WriteBytes(all);
        signature.WriteBytes(all[PublicKey.ByteLength..]);
        text.CopyTo(all[fixedLength..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(all, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
