using System.Security.Cryptography;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// One of many names of one attacker (J. Douceur, "The Sybil attack", 2002): announces blocks and never hands one over,
/// and tells of blocks on top of the chain that nobody has made. What it makes up follows from the chain alone, so that
/// all its names say the same.
/// </summary>
internal sealed class Sybil : IBehaviour
{
    /// <summary>More than the chain grows by until the next question.</summary>
    private const int MadeUp = 3;

    public bool SendsUnasked(Block block) => false;

    public bool Answers(Message request) => request is not GetBlock;

    public IReadOnlyList<BlockHeader> Headers(IReadOnlyList<BlockHeader> headers, BlockHeader? tip)
    {
        if ((headers.Count > 0 ? headers[^1] : tip) is not { } parent)
        {
            return headers;
        }

        var all = headers.ToList();
        for (var i = 0; i < MadeUp; i++)
        {
            parent = new BlockHeader(parent.Sender, parent.Timestamp + 1, After(parent.Id), parent.Id);
            all.Add(parent);
        }

        return all;
    }

    private static Hash256 After(Hash256 parent)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        parent.WriteBytes(bytes);
        return new Hash256(SHA256.HashData(bytes));
    }
}
