using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using CsCheck;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class TransactionPoolTests
{
    [Fact]
    public void Add_TwiceAndBeyondTheLimit_IsRefused()
    {
        var pool = new TransactionPool(new LedgerLimits { PoolTransactions = 2 });

        Assert.Equal(AddOutcome.Added, pool.Add(Transaction(Id(1))));
        Assert.Equal(AddOutcome.Duplicate, pool.Add(Transaction(Id(1))));
        Assert.Equal(AddOutcome.Added, pool.Add(Transaction(Id(2))));
        Assert.Equal(AddOutcome.Full, pool.Add(Transaction(Id(3))));
        Assert.Equal(AddOutcome.Duplicate, pool.Add(Transaction(Id(2))));
        Assert.True(pool.Remove(Id(1)));
        Assert.False(pool.Remove(Id(1)));
        Assert.Equal(AddOutcome.Added, pool.Add(Transaction(Id(3))));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(9, 3)]
    public void Take_AnyNumber_ReturnsOldestAndLeavesThem(int max, int expected)
    {
        var pool = new TransactionPool(new LedgerLimits { PoolTransactions = 10 });
        for (var i = 0; i < 3; i++)
        {
            pool.Add(Transaction(Id(i)));
        }

        Assert.Equal(Enumerable.Range(0, expected).Select(i => Id(i)), pool.Take(max).Select(tx => tx.Id));
        Assert.Equal(3, pool.Count);
    }

    [Fact]
    public void Pool_AnyHistory_IsAListWithoutDuplicates() =>
        Gen.Select(Gen.Int[0, 15], Gen.Bool).List[0, 200].Sample(history =>
        {
            var pool = new TransactionPool(new LedgerLimits { PoolTransactions = 10 });
            var model = new List<Hash256>();
            foreach (var (number, add) in history)
            {
                var id = Id(number);
                if (add)
                {
                    var expected = model.Contains(id) ? AddOutcome.Duplicate
                        : model.Count == 10 ? AddOutcome.Full : AddOutcome.Added;
                    Assert.Equal(expected, pool.Add(Transaction(id)));
                    if (expected == AddOutcome.Added)
                    {
                        model.Add(id);
                    }
                }
                else
                {
                    Assert.Equal(model.Remove(id), pool.Remove(id));
                }

                Assert.Equal(model.Count, pool.Count);
                Assert.Equal(model, pool.Select(tx => tx.Id));
                Assert.Equal(model.Take(3), pool.Take(3).Select(tx => tx.Id));
                Assert.All(Enumerable.Range(0, 16), n => Assert.Equal(model.Contains(Id(n)), pool.Contains(Id(n))));
            }
        });
}
