using System.Globalization;
using Blockchain.Experiments.Runs;
using Blockchain.Experiments.Runs.Export;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;
using Blockchain.Simulation.Networks.Files;
using Parquet;

namespace Blockchain.Lab.Tests.Simulate;

/// <summary>What is written of a run for other programs: its graph and its arrivals.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("export-tests-");

    public static TheoryData<string> Networks => ["bitcoin", "nat", "links", "again"];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Export, read as a network, and export again: the same peers, links and figures.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Graph_WrittenAndReadAsANetwork_IsTheSame(string name)
    {
        var run = new SimulationRun(Config(name));
        GraphEdge[] edges = [.. GraphWriter.EdgesOf(run)];
        GraphWriter.WriteCsv(At("graph.csv"), edges);
        GraphWriter.WriteGraphMl(At("graph.graphml"), run.Peers, edges);

        Assert.NotEmpty(edges);
        foreach (var file in (string[])["graph.csv", "graph.graphml"])
        {
            var problems = new List<string>();
            var plan = NetworkFile.Read(file, File.ReadAllText(At(file)), null, problems);
            Assert.Empty(problems);
            var again = new SimulationRun(Config(new LinkedNetwork(plan!)));
            Assert.Equal(Lines(run.Graph()), Lines(again.Graph()));
            if (file == "graph.graphml")
            {
                Assert.Equal(run.Peers.Select(Said), again.Peers.Select(Said));
            }
        }
    }

    [Fact]
    public void Graph_OfPeersBehindNat_HasNoLinkThatNobodyCanUse()
    {
        var run = new SimulationRun(Config("nat"));

        Assert.DoesNotContain(run.Graph(), edge => !NetworkPlan.CanReach(edge.From.Plan.Info, edge.To.Plan.Info));
        Assert.Equal(32, GraphWriter.EdgesOf(run).Count() + 1);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public void Graph_WithMoreLinksThanAreWritten_IsLeftOut(int most, bool isWritten)
    {
        var folder = RunFolder.Create(At("run"), "again", DateTimeOffset.UnixEpoch);

        Assert.Equal(isWritten, RunGraph.Write(new SimulationRun(Config("again")), folder, most));
        Assert.Equal(isWritten, File.Exists(folder.GraphCsv) && File.Exists(folder.GraphMl));
    }

    [Fact]
    public async Task Arrivals_OfARun_AreARowForEachPeerThatGotABlock()
    {
        var run = new SimulationRun(Config("bitcoin"));
        SimulationResult result;
        using (new ArrivalLog(run, [.. ArrivalTables.Kinds.Select(kind => ArrivalTables.Of(kind, At($"a.{kind}")))]))
        {
            result = run.Run(cancellation: TestContext.Current.CancellationToken);
        }

        var rows = ReadCsv(At("a.csv"));
        Assert.Equal(rows, await ReadParquet(At("a.parquet")));
        Assert.Equal(result.Blocks.Sum(block => block.Reached), rows.Count);
        foreach (var block in result.Blocks)
        {
            var mine = rows.FindAll(row => row.Block == block.Id.ToString());
            var hops = mine.ToDictionary(row => row.Peer, row => row.Hops);
            Assert.Equal((block.Maker.Value, 0, 0.0), (mine[0].Peer, mine[0].Hops, mine[0].DelaySeconds));
            Assert.All(mine[1..], row => Assert.Equal(hops[row.From] + 1, row.Hops));
            Assert.All(mine, row => Assert.Equal(
                block.MadeAt.TotalSeconds, row.TimeSeconds - row.DelaySeconds, 1e-6));
            Assert.Equal(mine.Select(row => row.DelaySeconds).Order(), mine.Select(row => row.DelaySeconds));
        }
    }

    /// <summary>Behind a gateway too the sender is who had the block, not who forwarded it.</summary>
    [Fact]
    public void Arrivals_OverRelays_ComeFromAPeerThatHadTheBlock()
    {
        var run = new SimulationRun(Config("nat"));
        using (new ArrivalLog(run, [new CsvArrivals(At("a.csv"))]))
        {
            run.Run(cancellation: TestContext.Current.CancellationToken);
        }

        var rows = ReadCsv(At("a.csv"));
        Assert.True(rows.Count > 100);
        Assert.True(rows.Count(row => row.Hops is null) < 0.03 * rows.Count, $"{rows.Count(row => row.Hops is null)}");
    }

    [Fact]
    public async Task Parquet_OfManyRows_IsWrittenInGroups()
    {
        using (var table = new ParquetArrivals(At("many.parquet")))
        {
            for (var i = 0; i < 250_000; i++)
            {
                table.Add(new ArrivalRow("b", $"p{i % 7}", "", i % 3 == 0 ? null : i, i, 0.5));
            }
        }

        await using var reader = await ParquetReader.CreateAsync(
            At("many.parquet"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, reader.RowGroupCount);
        var rows = await ReadParquet(At("many.parquet"));
        Assert.Equal(250_000, rows.Count);
        Assert.Equal(new ArrivalRow("b", "p2", "", 100_003, 100_003, 0.5), rows[100_003] with { Peer = "p2" });
        Assert.Null(rows[0].Hops);
    }

    private static string Said(SimulatedPeer peer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{peer.Plan.Info with { Ip = "", Port = 1 }} {peer.Plan.Behaviour} {peer.Plan.Settings.Share}");

    private static SimulationConfig Config(string name) => name switch
    {
        "bitcoin" => Config(new GeneratedNetwork
        {
            Shape = NetworkShape.Bitcoin2019, Peers = 60, LightShare = 0.2, NatShare = 0.2, Loss = 0.01,
        }),
        "nat" => Config(new PlannedNetwork(PeersFile.Parse(File.ReadAllBytes(Shipped())).Plan!)) with
        {
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(3) },
        },
        "links" => Config(new PlannedNetwork(PeersFile.Parse("""
            {
              "defaults": { "latency": "30ms" },
              "links": [{ "from": "1", "to": "2", "latency": "300ms", "bandwidth": "3Mbit/s" },
                        { "from": "2", "to": "1", "loss": 0.25 }],
              "groups": { "g": { "count": 4, "idPrefix": "", "ip": "127.1.0.1", "port": 5000, "behaviour": "lazy" } },
              "peers": { "x": { "ip": "127.2.0.1", "port": 6000, "light": true, "share": 0.5 },
                         "y": { "ip": "127.2.0.2", "port": 6001 } }
            }
            """).Plan!)),
        _ => Config(new LinkedNetwork(NetworkFile.Read(
            "x", "from,to,latency_ms,bandwidth_bps,loss\na,b,12.3456,1000001,0.125\nb,a,13,,\nb,c,0,7,0", null, [])!)),
    };

    private static SimulationConfig Config(NetworkConfig network) => new()
    {
        Network = network,
        Workload = network is GeneratedNetwork or LinkedNetwork
            ? new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10) }
            : new WorkloadConfig(),
        Stop = new StopCondition { Blocks = 5 },
    };

    private static string Shipped()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "peers.schema.json")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "peers.json");
    }

    private static string[] Lines(IEnumerable<GraphEdge> edges) =>
    [
        .. edges.Select(edge => string.Create(
            CultureInfo.InvariantCulture,
            $"{edge.From.Id} {edge.To.Id} {edge.Latency} {edge.BitsPerSecond:F0} {edge.Loss}"))
            .Order(StringComparer.Ordinal),
    ];

    private static List<ArrivalRow> ReadCsv(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => new ArrivalRow(
            cells[0], cells[1], cells[2], cells[3] == "" ? null : int.Parse(cells[3], CultureInfo.InvariantCulture),
            double.Parse(cells[4], CultureInfo.InvariantCulture),
            double.Parse(cells[5], CultureInfo.InvariantCulture))),
    ];

    private static async Task<List<ArrivalRow>> ReadParquet(string path)
    {
        var rows = new List<ArrivalRow>();
        await using var reader = await ParquetReader.CreateAsync(path);
        var fields = reader.Schema.DataFields;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var count = (int)group.RowCount;
            var (block, peer, from) = (new string?[count], new string?[count], new string?[count]);
            var (hops, time, delay) = (new int?[count], new double[count], new double[count]);
            await group.ReadAsync(fields[0], block.AsMemory());
            await group.ReadAsync(fields[1], peer.AsMemory());
            await group.ReadAsync(fields[2], from.AsMemory());
            await group.ReadAsync<int>(fields[3], hops.AsMemory());
            await group.ReadAsync<double>(fields[4], time.AsMemory());
            await group.ReadAsync<double>(fields[5], delay.AsMemory());
            rows.AddRange(Enumerable.Range(0, count).Select(
                row => new ArrivalRow(block[row]!, peer[row]!, from[row] ?? "", hops[row], time[row], delay[row])));
        }

        return rows;
    }

    private string At(string file) => Path.Combine(_folder.FullName, file);
}
