using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;
using CsCheck;
using static Blockchain.Shared.Tests.Chain.TestBlocks;

namespace Blockchain.Shared.Tests.Chain;

public sealed class LocalLedgerTests
{
    private readonly LocalLedger _ledger = new(new LedgerLimits { Orphans = 10, PoolTransactions = 100 });

    [Fact]
    public void Accept_BlockOnChain_TakesItsTransactionsFromThePool()
    {
        AddTransactions(1, 2, 3);

        _ledger.Accept(Now, Block(1, null, Id(2), Id(9)));

        Assert.Equal([Id(1), Id(3)], _ledger.Pool.Select(tx => tx.Id));
        Assert.Equal(AddOutcome.OnChain, _ledger.AddTransaction(Transaction(Id(2))));
        Assert.Equal(AddOutcome.OnChain, _ledger.AddTransaction(Transaction(Id(9))));
        Assert.Equal(AddOutcome.Duplicate, _ledger.AddTransaction(Transaction(Id(1))));
        Assert.Equal([Id(1)], _ledger.TransactionsForBlock(1).Select(tx => tx.Id));
    }

    [Fact]
    public void Accept_BlockOffChain_LeavesThePool()
    {
        var root = Block(1, null);
        _ledger.Accept(Now, root);
        _ledger.Accept(Now, Block(2, root));
        AddTransactions(1);

        _ledger.Accept(Now, Block(3, root, Id(1)));

        Assert.Equal([Id(1)], _ledger.Pool.Select(tx => tx.Id));
    }

    [Fact]
    public void Accept_OrphansAttached_TakeTheirTransactionsToo()
    {
        AddTransactions(1, 2);
        var first = Block(1, null, Id(1));
        _ledger.Accept(Now, Block(2, first, Id(2)));
        Assert.Equal(2, _ledger.Pool.Count);

        _ledger.Accept(Now, first);

        Assert.Empty(_ledger.Pool);
    }

    [Fact]
    public void Accept_Reorganisation_ReturnsWhatTheNewBranchLacks()
    {
        var root = Block(1, null);
        var left = Block(10, root, Id(1), Id(2));
        var left2 = Block(11, left, Id(3));
        var right = Block(20, root, Id(2), Id(5));
        var right2 = Block(21, right);
        AddTransactions(4, 5);
        foreach (var block in (Block[])[root, left, left2, right, right2])
        {
            _ledger.Accept(Now, block);
        }

        Assert.Equal([Id(4), Id(5)], _ledger.Pool.Select(tx => tx.Id));
        _ledger.Accept(Now, Block(22, right2));

        Assert.Equal([Id(4), Id(1), Id(3)], _ledger.Pool.Select(tx => tx.Id));
    }

    [Fact]
    public void Accept_ReturnedTransaction_HasItsOwnJson()
    {
        var block = new Block(Header(RankedId(9), default), [Id(1), Id(2)], [1, 3, 4, 6], "[{},[],"u8.ToArray(), true);
        _ledger.Accept(Now, block);

        _ledger.Accept(Now, Block(1, null));

        Assert.Equal(["{}", "[]"], _ledger.Pool.Select(tx => System.Text.Encoding.UTF8.GetString(tx.Json.Span)));
        Assert.All(_ledger.Pool, tx => Assert.True(tx.HasValidId));
    }

    [Fact]
    public void AcceptHeader_LightPeer_KeepsTheSameChain()
    {
        var branch = Branch(1, null, 3);
        foreach (var block in branch.Reverse())
        {
            _ledger.AcceptHeader(Now, block.Header);
        }

        Assert.Equal(branch.Ids(), _ledger.Chain.Nodes.Ids());
    }

    [Fact]
    public void Ledger_AnyHistory_PoolIsWhatWasHeardOfLessTheChain() =>
        Gen.Select(RandomTree.Any, Gen.Int[0, 30].Array[80]).Sample((tree, arrivals) =>
        {
            var ledger = new LocalLedger(new LedgerLimits());
            var model = new ChainModel();
            var pool = new HashSet<Hash256>();
            for (var i = 0; i < tree.Delivery.Length; i++)
            {
                var id = CollidingId(arrivals[i]);
                var expected = model.ChainTransactions.Contains(id) ? AddOutcome.OnChain
                    : pool.Add(id) ? AddOutcome.Added : AddOutcome.Duplicate;
                Assert.Equal(expected, ledger.AddTransaction(Transaction(id)));

                pool.UnionWith(model.ChainTransactions);
                model.Add(tree.Delivery[i]);
                pool.ExceptWith(model.ChainTransactions);
                ledger.Accept(Now, tree.Delivery[i]);

                Assert.Equal(pool.Order(), ledger.Pool.Select(tx => tx.Id).Order());
                Assert.DoesNotContain(ledger.Pool, tx => ledger.Chain.ContainsTransaction(tx.Id));
            }
        });

    private void AddTransactions(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            Assert.Equal(AddOutcome.Added, _ledger.AddTransaction(Transaction(Id(number))));
        }
    }
}
