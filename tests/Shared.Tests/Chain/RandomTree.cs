using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Chain;

/// <summary>
/// A tree of blocks with transactions from a small supply, so that many blocks repeat one of an ancestor, and an
/// order in which the blocks are delivered, some of them twice.
/// </summary>
internal sealed record RandomTree(Block[] Blocks, Block[] Delivery)
{
    private const int Transactions = 25;

    // How far a block's parent is behind it: mostly near, so that the branches get long.
    private static readonly Gen<int> Back = Gen.Frequency((4, Gen.Const(1)), (3, Gen.Int[1, 3]), (1, Gen.Int[1, 40]));

    public static readonly Gen<RandomTree> Any =
        from parts in Gen.Select(
            Back,
            Gen.UInt,
            Gen.Frequency((2, Gen.Int[0, Transactions].Array[0, 1]), (1, Gen.Int[0, Transactions].Array[0, 3])))
            .Array[1, 40]
        let blocks = Build(parts)
        from order in Gen.Shuffle((Block[])[.. blocks, .. blocks[..(blocks.Length / 3)]])
        from inOrder in Gen.Bool
        select new RandomTree(blocks, inOrder ? [.. order.OrderBy(b => Array.IndexOf(blocks, b) / 4)] : order);

    private static Block[] Build((int Back, uint Rank, int[] Transactions)[] parts)
    {
        var blocks = new Block[parts.Length];
        Span<byte> id = stackalloc byte[Hash256.ByteLength];
        for (var i = 0; i < parts.Length; i++)
        {
            var parent = i - parts[i].Back;
            BitConverter.TryWriteBytes(id, parts[i].Rank);
            BitConverter.TryWriteBytes(id[8..], i + 1);
            blocks[i] = TestBlocks.Block(
                new Hash256(id),
                parent < 0 ? Hash256.Genesis : blocks[parent].Id,
                [.. parts[i].Transactions.Select(TestBlocks.CollidingId)]);
        }

        return blocks;
    }
}
