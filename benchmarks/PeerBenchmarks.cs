using System.Buffers;
using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Benchmarks;

/// <summary>
/// From received bytes to acceptance in a peer, on one thread: lines are framed, parsed and verified, then received. No
/// limits; the peer knows ten others, so that gossip is part of it. The time is that of one message.
/// </summary>
[MemoryDiagnoser]
[InvocationCount(1)]
[IterationCount(15)]
[WarmupCount(3)]
public class PeerBenchmarks
{
    private const int Transactions = 100_000;
    private const int Blocks = 2_000;
    private const int TransactionsPerBlock = 100;

    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1_795_358_270);
    private static readonly PeerSettings Unlimited = PeerSettings.Default with
    {
        DropProbability = 0,
        Latency = default,
        Capacity = default,
        SendLimit = RateLimit.None,
        InboundLimit = RateLimit.None,
        BlockInterval = TimeSpan.Zero,
        TransactionInterval = TimeSpan.Zero,
    };

    private byte[] _transactions = [];
    private byte[] _blocks = [];
    private byte[][] _blocksByConnection = [];
    private Block[] _chain = [];
    private Peer _peer = null!;

    /// <summary>Height of the chain on which the blocks are put.</summary>
    [Params(10, 100_000)]
    public int Height { get; set; }

    [GlobalSetup]
    public void MakeLines()
    {
        var random = new SeededRandom(1);
        _transactions = Lines(Enumerable.Range(0, Transactions).Select(i => Make(random, i)));

        var parent = Hash256.Genesis;
        _chain = new Block[Height];
        for (var i = 0; i < Height; i++)
        {
            _chain[i] = BlockFactory.Create(new PeerId("5005"), i, parent, []);
            parent = _chain[i].Id;
        }

        var blocks = new List<Message>();
        for (var i = 0; i < Blocks; i++)
        {
            var contents = Enumerable.Range(0, TransactionsPerBlock).Select(j => Make(random, (i * 100) + j));
            var block = BlockFactory.Create(new PeerId("5005"), Height + i, parent, [.. contents]);
            parent = block.Id;
            blocks.Add(block);
        }

        _blocks = Lines(blocks);
        _blocksByConnection = [Lines(blocks.Where((_, i) => i % 2 == 0)), Lines(blocks.Where((_, i) => i % 2 == 1))];
    }

    [IterationSetup]
    public void StartPeer()
    {
        var known = Enumerable.Range(5001, 10)
            .Select(port => new PeerInfo(new PeerId($"{port}"), $"127.0.1.{port - 5000}", port, false, false, -1));
        var self = new PeerInfo(new PeerId("5000"), "127.0.1.100", 5000, false, false, -1);
        _peer = new Peer(new PeerPlan { Info = self, Settings = Unlimited }, known, new Nowhere(), new Nobody(), 1);
        _peer.Start(Now);
        foreach (var block in _chain)
        {
            _peer.Receive(Now, new PeerId("5001"), block);
        }
    }

    [Benchmark(OperationsPerInvoke = Transactions)]
    public int AcceptTransaction() => ReceiveAll(_transactions, () => _peer.Ledger.Pool.Count, Transactions);

    [Benchmark(OperationsPerInvoke = Blocks)]
    public int AcceptBlockOf100() => ReceiveAll(_blocks, () => _peer.Ledger.Chain.Height, Height + Blocks);

    /// <summary>
    /// As in a node with two connections: each reads and verifies on its own thread, one thread accepts.
    /// </summary>
    [Benchmark(OperationsPerInvoke = Blocks)]
    public int AcceptBlockOf100FromTwoConnections()
    {
        using var arrived = new BlockingCollection<Message>(boundedCapacity: 64);
        var readers = _blocksByConnection.Select(lines => Task.Run(() =>
        {
            var reader = new MessageReader();
            var buffer = new ReadOnlySequence<byte>(lines);
            while (reader.TryRead(ref buffer, out var message, out _) == ReadOutcome.Message)
            {
                arrived.Add(message!);
            }
        })).ToArray();
        _ = Task.WhenAll(readers).ContinueWith(_ => arrived.CompleteAdding(), TaskScheduler.Default);
        foreach (var message in arrived.GetConsumingEnumerable())
        {
            _peer.Receive(Now, new PeerId("5001"), message);
        }

        var expected = Height + Blocks;
        var height = _peer.Ledger.Chain.Height;
        return height == expected ? expected : throw new InvalidOperationException($"{height} accepted");
    }

    private int ReceiveAll(byte[] lines, Func<int> count, int expected)
    {
        var reader = new MessageReader();
        var buffer = new ReadOnlySequence<byte>(lines);
        while (reader.TryRead(ref buffer, out var message, out _) == ReadOutcome.Message)
        {
            _peer.Receive(Now, new PeerId("5001"), message!);
        }

        return count() == expected ? expected : throw new InvalidOperationException($"{count()} accepted");
    }

    private static Transaction Make(SeededRandom random, int i) => TransactionFactory.Create(
        $"{5000 + random.Next(11)}", $"{5000 + random.Next(11)}", 1 + random.Next(100),
        1_795_358_270 + i + random.NextDouble());

    private static byte[] Lines(IEnumerable<Message> messages)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            MessageCodec.Write(output, message);
        }

        return output.WrittenSpan.ToArray();
    }

    private sealed class Nowhere : ITransmitter
    {
        public void Transmit(in Transmission transmission)
        {
        }
    }

    private sealed class Nobody : IPeerListener
    {
        public bool IsListening => false;

        public void Happened(PeerEvent what)
        {
        }
    }
}
