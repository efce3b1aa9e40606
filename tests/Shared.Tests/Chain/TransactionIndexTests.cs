using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using CsCheck;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class TransactionIndexTests
{
    private readonly List<ChainNode> _main = [];

    [Fact]
    public void TryAdd_FingerprintsCollideWithinABlock_TellsTheIdsApart()
    {
        var index = new TransactionIndex(_main, EqualityComparer<Hash256>.Default);

        Assert.True(Push(index, CollidingId(0), CollidingId(3), CollidingId(6)));
        Assert.False(Push(index, CollidingId(9), CollidingId(12), CollidingId(3)));
        Assert.True(Push(index, CollidingId(9), CollidingId(12)));

        Assert.True(index.TryGetHeight(CollidingId(12), out var height));
        Assert.Equal(2, height);
        Assert.False(index.TryGetHeight(CollidingId(15), out _));
    }

    [Fact]
    public void Index_AnyHistoryOfPushesAndPops_IsADictionary() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 60].Array[0, 6], Gen.Bool).Array[1, 80].Sample(history =>
        {
            _main.Clear();
            var index = new TransactionIndex(_main, EqualityComparer<Hash256>.Default);
            var model = new Dictionary<Hash256, int>();
            foreach (var (pop, numbers, collide) in history)
            {
                Hash256[] ids = [.. numbers.Select(n => collide ? CollidingId(n) : Id(n))];
                if (pop)
                {
                    Pop(index, model);
                }
                else
                {
                    var expected = ids.Distinct().Count() == ids.Length && !ids.Any(model.ContainsKey);
                    Assert.Equal(expected, Push(index, ids));
                    if (expected)
                    {
                        Array.ForEach(ids, id => model.Add(id, _main.Count));
                    }
                }

                Assert.Equal(model.Count, index.Count);
                for (var n = 0; n <= 60; n++)
                {
                    CheckSame(index, model, CollidingId(n));
                    CheckSame(index, model, Id(n));
                }
            }
        }, threads: 1);

    [Fact]
    public void Index_GrowsPastTheSplit_KeepsAll()
    {
        const int blocks = 1_000;
        const int each = 100;
        var index = new TransactionIndex(_main, EqualityComparer<Hash256>.Default);
        for (var i = 0; i < blocks; i++)
        {
            Assert.True(Push(index, [.. Enumerable.Range(i * each, each).Select(n => Id(n))]));
        }

        Assert.Equal(blocks * each, index.Count);
        for (var n = 0; n < blocks * each; n++)
        {
            Assert.True(index.TryGetHeight(Id(n), out var height) && height == 1 + (n / each));
            Assert.False(index.TryGetHeight(Id(-1 - n), out _));
        }

        var model = new Dictionary<Hash256, int>();
        while (_main.Count > 0)
        {
            Pop(index, model);
        }

        Assert.Equal(0, index.Count);
        Assert.False(index.TryGetHeight(Id(1), out _));
    }

    private static void CheckSame(TransactionIndex index, Dictionary<Hash256, int> model, Hash256 id)
    {
        Assert.Equal(model.TryGetValue(id, out var expected), index.TryGetHeight(id, out var height));
        Assert.Equal(expected, height);
    }

    private bool Push(TransactionIndex index, params Hash256[] ids)
    {
        var parent = _main.LastOrDefault();
        var block = Block(RankedId(_main.Count + 1), parent?.Id ?? default, ids);
        var node = new ChainNode(block.Header, block, parent, Now);
        if (!index.TryAdd(node))
        {
            return false;
        }

        _main.Add(node);
        return true;
    }

    private void Pop(TransactionIndex index, Dictionary<Hash256, int> model)
    {
        if (_main.Count > 0)
        {
            index.Remove(_main[^1]);
            Array.ForEach(_main[^1].Block!.TransactionIds, id => model.Remove(id));
            _main.RemoveAt(_main.Count - 1);
        }
    }
}
