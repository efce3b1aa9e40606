using System.Buffers.Binary;
using System.Security.Cryptography;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Chain;

/// <summary>Blocks and transactions as the chain sees them: ids without content.</summary>
internal static class TestBlocks
{
    public static readonly TimeSpan Now = TimeSpan.FromDays(20_000);

    /// <summary>An id as uniformly distributed as a real one.</summary>
    public static Hash256 Id(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return new Hash256(SHA256.HashData(bytes));
    }

    /// <summary>An id whose rank among others is that of its number.</summary>
    public static Hash256 RankedId(int rank)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        BinaryPrimitives.WriteInt32BigEndian(bytes, rank);
        BinaryPrimitives.WriteInt32BigEndian(bytes[^4..], rank + 1);
        return new Hash256(bytes);
    }

    /// <summary>An id that differs from those of other numbers, but has one of three fingerprints only.</summary>
    public static Hash256 CollidingId(int number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        BinaryPrimitives.WriteInt32BigEndian(bytes[^4..], (number % 3) + 1);
        return new Hash256(bytes);
    }

    public static Block Block(Hash256 id, Hash256 parent, params Hash256[] transactions) =>
        new(Header(id, parent), transactions, new int[2 * transactions.Length], default, true);

    public static Block Block(int rank, Block? parent, params Hash256[] transactions) =>
        Block(RankedId(rank), parent?.Id ?? Hash256.Genesis, transactions);

    public static BlockHeader Header(Hash256 id, Hash256 parent) => new(new PeerId("5000"), 0, id, parent);

    public static Transaction Transaction(Hash256 id) => new(id, default, true);

    public static AddResult Add(this BlockTree chain, Block block) => chain.Add(Now, block.Header, block);

    public static AddStatus[] AddAll(this BlockTree chain, params Block[] blocks) =>
        [.. blocks.Select(block => chain.Add(block).Status)];

    public static Hash256[] Ids(this IEnumerable<ChainNode> nodes) => [.. nodes.Select(node => node.Id)];

    public static Hash256[] Ids(this IEnumerable<Block> blocks) => [.. blocks.Select(block => block.Id)];

    /// <summary>A branch of blocks without transactions, ranks counting up from the given one.</summary>
    public static Block[] Branch(int firstRank, Block? parent, int length)
    {
        var branch = new Block[length];
        for (var i = 0; i < length; i++)
        {
            branch[i] = Block(firstRank + i, i == 0 ? parent : branch[i - 1]);
        }

        return branch;
    }
}
