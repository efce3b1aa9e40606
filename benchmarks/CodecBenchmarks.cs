using System.Buffers;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Benchmarks;

/// <summary>What it costs to read and verify messages, above all the types that come in masses, on one core.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private const int Lines = 1_000;
    private const int CoveredLength = 110;

    private readonly byte[] _covered = new byte[CoveredLength * Sha256Lanes.Lanes];
    private readonly int[] _ends = [.. Enumerable.Range(1, Sha256Lanes.Lanes).Select(i => i * CoveredLength)];
    private readonly byte[] _hash = new byte[Hash256.ByteLength];
    private readonly Hash256[] _hashes = new Hash256[Sha256Lanes.Lanes];
    private byte[] _transaction = [];
    private byte[] _respaced = [];
    private byte[] _block = [];
    private byte[] _inv = [];
    private byte[] _ping = [];
    private ReadOnlySequence<byte> _stream;

    [GlobalSetup]
    public void SetUp()
    {
        var transactions = Enumerable.Range(0, Lines)
            .Select(i => TransactionFactory.Create("5001", "5007", i, 1_795_358_270.987_099_4 + i))
            .ToArray();
        _transaction = transactions[98].Json.ToArray();
        _respaced = System.Text.Encoding.ASCII.GetBytes(
            System.Text.Encoding.ASCII.GetString(_transaction).Replace(": ", ":", StringComparison.Ordinal));
        _block = BlockFactory.Create(new PeerId("5005"), 1_795_358_300.5, Hash256.Genesis, transactions[..100])
            .Json.ToArray();
        _inv = Line(new Inv(new PeerId("5005"), [transactions[0].Id], new MessageId(new UInt128(1, 2))));
        _ping = Line(new Ping(new PeerId("5005"), 1_795_358_300.5, new MessageId(new UInt128(1, 2))));
        var stream = new ArrayBufferWriter<byte>();
        foreach (var transaction in transactions)
        {
            MessageCodec.Write(stream, transaction);
        }

        _stream = new ReadOnlySequence<byte>(stream.WrittenMemory);
    }

    [Benchmark]
    public ReadOutcome ReadTransaction() => MessageCodec.Read(_transaction, out _, out _);

    [Benchmark]
    public ReadOutcome ReadTransactionOfOtherLayout() => MessageCodec.Read(_respaced, out _, out _);

    [Benchmark]
    public ReadOutcome ReadBlockOf100() => MessageCodec.Read(_block, out _, out _);

    [Benchmark]
    public ReadOutcome ReadInv() => MessageCodec.Read(_inv, out _, out _);

    [Benchmark]
    public ReadOutcome ReadPing() => MessageCodec.Read(_ping, out _, out _);

    [Benchmark(OperationsPerInvoke = Lines)]
    public int ReadStreamOfTransactions()
    {
        var reader = new MessageReader();
        var buffer = _stream;
        var count = 0;
        while (reader.TryRead(ref buffer, out _, out _) == ReadOutcome.Message)
        {
            count++;
        }

        return count;
    }

    [Benchmark]
    public int HashOneTransaction() => SHA256.HashData(_covered.AsSpan(0, CoveredLength), _hash);

    /// <summary>The same, sixteen at a time; the time is that of one.</summary>
    [Benchmark(OperationsPerInvoke = Sha256Lanes.Lanes)]
    public void HashTransactionsInLanes() => Sha256Lanes.Compute(_covered, _ends, _hashes);

    [Benchmark]
    public int HashOneBlock() => SHA256.HashData(_block, _hash);

    private static byte[] Line(Message message)
    {
        var line = new ArrayBufferWriter<byte>();
        MessageCodec.Write(line, message);
        return line.WrittenSpan[..^1].ToArray();
    }
}
