using System.Diagnostics;
using System.Globalization;
using System.Net;
using Blockchain.PeerNode.Storage;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>What it takes to start with a long chain, and to keep what comes.</summary>
public sealed class CostTests
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Start_WithTenThousandBlocks_HasThemAtOnce() =>
        await StartAsync(10_000, transactions: 2, repetitions: 1, withinTheTime: false);

    /// <summary>Explicit, since it takes a minute.</summary>
    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task Start_WithAHundredThousandBlocks_HasThemWithinTwoSeconds(int transactions) =>
        await StartAsync(100_000, transactions, repetitions: 5, withinTheTime: true);

    /// <summary>Explicit, since it takes minutes: blocks over one connection, with and without a file.</summary>
    [Fact(Explicit = true)]
    public async Task Ingest_WithAFile_IsNearlyAsFastAsWithout()
    {
        var blocks = Chain(20_000, transactions: 20);
        using var lines = new MemoryStream();
        foreach (var block in blocks)
        {
            lines.Write(block.Json.Span);
            lines.WriteByte((byte)'\n');
        }

        List<double> ratios = [];
        for (var pair = 0; pair < 8; pair++)
        {
            var without = await IngestAsync(lines.ToArray(), blocks.Length, keepsData: false);
            var with = await IngestAsync(lines.ToArray(), blocks.Length, keepsData: true);
            ratios.Add(without / with);
            Say($"{blocks.Length / without:0} blocks/s without a file, {blocks.Length / with:0} with one");
        }

        ratios.Sort();
        var median = (ratios[3] + ratios[4]) / 2;
        Say($"throughput with a file: {median:0.00} of that without (median of 8 pairs)");
        Assert.True(median > 0.9, $"{median:0.00}");
    }

    private static async Task StartAsync(int count, int transactions, int repetitions, bool withinTheTime)
    {
        using var folder = new TestFolder();
        var network = NodeFixture.NewNetwork();
        var p2p = NodeFixture.FreePort($"{network}.1");
        var file = Write(folder, network, p2p);
        using (var open = NodeFile.Open(folder.Path, new PeerId("1")))
        {
            foreach (var part in Chain(count, transactions).Chunk(10_000))
            {
                StoredFile.Write(open, part);
            }
        }

        List<double> times = [];
        List<double> processor = [];
        for (var i = 0; i < repetitions; i++)
        {
            var clock = Stopwatch.StartNew();
            using var node = NodeProcess.Start(file, folder.Path, NodeFixture.FreePort("127.0.0.1"));
            var status = await node.UntilUpAsync();
            times.Add(clock.Elapsed.TotalSeconds);
            processor.Add(node.ProcessorTime.TotalSeconds);
            Assert.Equal(count, status.Height);
            await node.KillAsync();
        }

        times.Sort();
        processor.Sort();
        var size = new DirectoryInfo(folder.Path).GetFiles("*.db").Sum(one => one.Length) / 1e6;
        var all = string.Join(", ", times.Select(time => time.ToString("0.00", CultureInfo.InvariantCulture)));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} blocks of {transactions} transactions, {size:0} MB: {all} s from start to first answer, "
            + $"of which {processor[repetitions / 2]:0.00} s of a processor"));
        Assert.True(!withinTheTime || times[repetitions / 2] < StartTime.TotalSeconds, all);
    }

    /// <returns>Seconds until the chain is there.</returns>
    private static async Task<double> IngestAsync(byte[] lines, int count, bool keepsData)
    {
        using var folder = new TestFolder();
        var network = NodeFixture.NewNetwork();
        var p2p = new IPEndPoint(IPAddress.Parse($"{network}.1"), NodeFixture.FreePort($"{network}.1"));
        var file = Write(folder, network, p2p.Port);
        using var node = NodeProcess.Start(
            file, keepsData ? folder.Path : "", NodeFixture.FreePort("127.0.0.1"));
        await node.UntilUpAsync();
        using var peer = await node.ConnectAsync($"{network}.3", p2p);
        var reading = peer.AssertClosedAsync();
        var clock = Stopwatch.StartNew();
        var sending = peer.SendBytesAsync(lines);
        while ((await node.UntilUpAsync()).Height < count)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "The blocks do not come.");
        }

        var time = clock.Elapsed.TotalSeconds;
        await sending;
        await node.KillAsync();
        await reading;
        return time;
    }

    private static string Write(TestFolder folder, string network, int port) => folder.Write("peers.json", $$"""
        {
          "defaults": {
            "transactionInterval": 0, "blockInterval": 0, "dropProbability": 0, "latency": 0, "sendLimit": 0,
            "inboundLimit": 0, "queueLimit": 0, "capacity": 0
          },
          "peers": {
            "1": { "ip": "{{network}}.1", "port": {{port}} },
            "3": { "ip": "{{network}}.3", "port": 5003 }
          }
        }
        """);

    private static Block[] Chain(int count, int transactions)
    {
        var blocks = new Block[count];
        for (var i = 0; i < count; i++)
        {
            blocks[i] = BlockFactory.Create(
                new PeerId("3"),
                1_700_000_000 + i,
                i == 0 ? Hash256.Genesis : blocks[i - 1].Id,
                [
                    .. Enumerable.Range(0, transactions)
                        .Select(j => TransactionFactory.Create("3", "1", (1_000L * i) + j, 1_700_000_000.5)),
                ]);
        }

        return blocks;
    }

    private static void Say(FormattableString what) => TestContext.Current.TestOutputHelper!.WriteLine(
        what.ToString(CultureInfo.InvariantCulture));
}
