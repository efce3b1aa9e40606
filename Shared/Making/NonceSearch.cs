using System.Buffers.Text;
using System.Security.Cryptography;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Making;

/// <summary>
/// Looks for the <c>work_nonce</c> with which the id of a block has enough leading zero bits. In canonical form that
/// field is the last one; so all before it is hashed once, and a try costs the same however many transactions the
/// block has.
/// </summary>
public sealed class NonceSearch : IDisposable
{
    private const int LongestNonce = 20;

    private readonly Block _template;
    private readonly int _work;
    private readonly IncrementalHash _prefix = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="template">A block with the right id, and without a nonce.</param>
    /// <param name="work">Leading zero bits, 1 to 32.</param>
    public NonceSearch(Block template, int work)
    {
        ArgumentNullException.ThrowIfNull(template);
        Assertions.That(template.HasValidId, "Nobody works for a false block.");
        _template = template;
        _work = work;
        using var tape = JsonTape.Read(template.Json.Span);
        var covered = new PooledBytes(template.Json.Length * 9 / 8);
        new CanonicalWriter(tape, ref covered).WriteObject(token: 0, without: 1u << (int)Field.BlockId);
        covered.Truncate(covered.Length - 1);
        covered.Append(NonceKey);
        _prefix.AppendData(covered.Written);
        covered.Dispose();
    }

    private static ReadOnlySpan<byte> NonceKey => ", \"work_nonce\": "u8;

    /// <summary>Tries so many nonces.</summary>
    /// <returns>The block with the first that is good; null if none is.</returns>
    public Block? Try(ulong from, int count)
    {
        Span<byte> rest = stackalloc byte[LongestNonce + 1];
        Span<byte> hash = stackalloc byte[Hash256.ByteLength];
        for (var nonce = from; nonce < from + (ulong)count; nonce++)
        {
            Utf8Formatter.TryFormat(nonce, rest, out var length);
            rest[length++] = (byte)'}';
            using var attempt = _prefix.Clone();
            attempt.AppendData(rest[..length]);
            attempt.GetHashAndReset(hash);
            if (new Hash256(hash) is var id && id.LeadingZeroBits >= _work)
            {
                return BlockFactory.WithNonce(_template, nonce, id);
            }
        }

        return null;
    }

    public void Dispose() => _prefix.Dispose();
}
