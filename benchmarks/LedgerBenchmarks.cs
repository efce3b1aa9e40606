using BenchmarkDotNet.Attributes;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Benchmarks;

/// <summary>
/// What a block costs once it is parsed, at a low and at a great height: a thousand blocks of a hundred transactions,
/// all of which the pool has. The time is that of one block.
/// </summary>
[MemoryDiagnoser]
[IterationCount(15)]
[WarmupCount(5)]
public class LedgerBenchmarks
{
    private const int Blocks = 1_000;
    private const int TransactionsPerBlock = 100;

    private Block[] _blocks = [];
    private Transaction[] _transactions = [];
    private LocalLedger _ledger = new(1_000, int.MaxValue);

    [Params(10, 100_000)]
    public int Height { get; set; }

    [GlobalSetup]
    public void MakeBlocks()
    {
        _blocks = new Block[Height + Blocks];
        for (var i = 0; i < _blocks.Length; i++)
        {
            var ids = new Hash256[TransactionsPerBlock];
            for (var j = 0; j < ids.Length; j++)
            {
                ids[j] = Id(1 + ((ulong)i * TransactionsPerBlock) + (ulong)j);
            }

            var parent = i == 0 ? Hash256.Genesis : _blocks[i - 1].Id;
            var header = new BlockHeader(new PeerId("5005"), i, Id(ulong.MaxValue - (ulong)i), parent);
            _blocks[i] = new Block(header, ids, new int[2 * TransactionsPerBlock], default, true);
        }

        _transactions = [.. _blocks[Height..].SelectMany(block => block.TransactionIds)
            .Select(id => new Transaction(id, default, true))];
    }

    [IterationSetup]
    public void FillChainAndPool()
    {
        _ledger = new LocalLedger(new LedgerLimits { PoolTransactions = int.MaxValue, PoolBytes = long.MaxValue });
        foreach (var block in _blocks.AsSpan(0, Height))
        {
            _ledger.Accept(TimeSpan.Zero, block);
        }

        foreach (var transaction in _transactions)
        {
            _ledger.AddTransaction(transaction);
        }
    }

    [Benchmark(OperationsPerInvoke = Blocks)]
    public int AcceptBlock()
    {
        foreach (var block in _blocks.AsSpan(Height))
        {
            _ledger.Accept(TimeSpan.Zero, block);
        }

        return _ledger.Chain.Height;
    }

    [Benchmark(OperationsPerInvoke = Blocks * TransactionsPerBlock)]
    public int RemoveAndAddTransaction()
    {
        foreach (var transaction in _transactions)
        {
            _ledger.Pool.Remove(transaction.Id);
            _ledger.AddTransaction(transaction);
        }

        return _ledger.Pool.Count;
    }

    // SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014), four words of it.
    private static Hash256 Id(ulong seed)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        for (var i = 0; i < 4; i++)
        {
            var z = ((seed * 4) + (ulong)i) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            BitConverter.TryWriteBytes(bytes[(8 * i)..], z ^ (z >> 31));
        }

        return new Hash256(bytes);
    }
}
