using System.Text.Json;
using Blockchain.Experiments.Runs;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Simulate;
using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Simulation;
using Blockchain.Simulation.Invariants;
using Spectre.Console.Testing;

namespace Blockchain.Lab.Tests.Simulate;

public sealed class SimulateRunTests
{
    private static readonly string[] Reproducible = ["events.jsonl", "blocks.csv", "summary.json"];

    [Fact]
    public void Run_PlannedNetwork_LeavesEveryFileAndExitCode0()
    {
        using var folder = new RunTestFolder();
        Assert.Equal(
            ExitCode.Success,
            Run(folder, "PEERS", "--for", "2min", "--out", "FOLDER/run", "--events", "--arrivals-to", "csv"));
        Assert.Equal(
            [
                "arrivals.csv", "blocks.csv", "events.jsonl", "graph.csv", "graph.graphml", "manifest.json",
                "report.html", "summary.json",
            ],
            Directory.EnumerateFiles(folder.At("run")).Select(Path.GetFileName).Order());

        var manifest = Json(folder, "manifest.json");
        Assert.Equal("completed", manifest.GetProperty("outcome").GetString());
        Assert.Equal(1, manifest.GetProperty("seed").GetInt32());
        Assert.StartsWith(
            "1.", manifest.GetProperty("versions").GetProperty("simulator").GetString(), StringComparison.Ordinal);
        Assert.Contains("simulate --config", manifest.GetProperty("repeat").GetString(), StringComparison.Ordinal);

        var blocks = File.ReadAllLines(folder.At("run/blocks.csv"));
        Assert.Equal("block,maker,height,made_s,on_chain,reached,meant_for,half_s,most_s,all_s", blocks[0]);
        Assert.True(blocks.Length > 3);
        Assert.All(blocks, line => Assert.Equal(10, line.Split(',').Length));
        var summary = Json(folder, "summary.json");
        Assert.Equal(3, summary.GetProperty("peers").GetInt32());
        Assert.Contains("INV", summary.GetProperty("messages").EnumerateArray().Select(
            type => type.GetProperty("type").GetString()));
        Assert.Contains("Loss", summary.GetProperty("drops").EnumerateArray().Select(
            drop => drop.GetProperty("reason").GetString()));
        Assert.Contains(
            "How a block spreads", File.ReadAllText(folder.At("run/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "PEERS", "--for", "3min", "--fault", "at 1min kill 5001", "--fault", "at 2min restart 5001", "--loss", "10%")]
    [InlineData("--preset", "bitcoin-2019", "--peers", "200", "--blocks", "10", "--seed", "7", "--nat", "0.2",
        "--light", "0.1")]
    [InlineData("--preset", "regular", "--peers", "50", "--for", "1h", "--tx-interval", "1min", "--heartbeat", "1min")]
    public void Run_Again_WritesTheSameBytes(params string[] arguments)
    {
        using var folder = new RunTestFolder();
        Assert.Equal(ExitCode.Success, Run(folder, [.. arguments, "--events", "--out", "FOLDER/one"]));
        Assert.Equal(ExitCode.Success, Run(folder, [.. arguments, "--events", "--out", "FOLDER/two"]));
        Assert.Equal(
            ExitCode.Success, Run(folder, "--config", "FOLDER/one/manifest.json", "--events", "--out", "FOLDER/three"));
        foreach (var file in Reproducible)
        {
            var first = File.ReadAllBytes(folder.At($"one/{file}"));
            Assert.NotEmpty(first);
            Assert.Equal(first, File.ReadAllBytes(folder.At($"two/{file}")));
            Assert.Equal(first, File.ReadAllBytes(folder.At($"three/{file}")));
        }
    }

    [Fact]
    public void Run_IntoTheFolderOfAnEarlierRun_WritesOverIt()
    {
        using var folder = new RunTestFolder();
        Run(folder, "PEERS", "--for", "10s", "--out", "FOLDER/run");
        Assert.Equal(ExitCode.Success, Run(folder, "PEERS", "--for", "20s", "--out", "FOLDER/run"));
        Assert.InRange(Json(folder, "manifest.json").GetProperty("virtualSeconds").GetDouble(), 20, 80);
    }

    [Theory]
    [InlineData("--tx-interval", "5s", "--blocks", "3")]
    [InlineData("--tx-interval", "5s", "--for", "2min")]
    public void Run_PlannedNetworkWithAnIntervalOfTransactions_StillMakesItsBlocks(params string[] arguments)
    {
        using var folder = new RunTestFolder();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var result = new SimulationRun(Request(folder, ["PEERS", .. arguments]).Config).Run(cancellation: limit.Token);
        Assert.False(limit.IsCancellationRequested);
        Assert.True(result.Blocks.Count >= 3);
    }

    [Theory]
    [InlineData("messages are lost", "--loss", "5%")]
    [InlineData("a fault may keep a block from some peers", "--fault", "at 1min kill 5")]
    [InlineData("the fan-out leaves neighbours out", "--fanout", "2")]
    public void Run_WhatIsNotPromised_IsToldInTheConsoleTheManifestAndTheReport(string why, params string[] arguments)
    {
        using var folder = new RunTestFolder();
        var console = new TestConsole().Width(400);
        string[] preset = ["--preset", "regular", "--peers", "20", "--blocks", "2", "--out", "FOLDER/run"];
        Assert.Equal(ExitCode.Success, new SimulateRun(Request(folder, [.. preset, .. arguments]), console).Run());
        var because = $"{why}, and not all peers exchange headers at intervals";
        Assert.Contains($"every-block-everywhere: not promised because {because}", console.Output,
            StringComparison.Ordinal);
        Assert.Equal(("not promised", because), OutcomeOf(folder, "every-block-everywhere"));
        Assert.Equal(("held", null), OutcomeOf(folder, "ids-verify"));
        Assert.Contains(because, File.ReadAllText(folder.At("run/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EverythingPromised_SaysThatAllHeld()
    {
        using var folder = new RunTestFolder();
        var console = new TestConsole().Width(400);
        new SimulateRun(
            Request(
                folder, "--preset", "regular", "--peers", "20", "--blocks", "2", "--out", "FOLDER/run"), console).Run();
        Assert.DoesNotContain("not promised", console.Output, StringComparison.Ordinal);
        Assert.All(StandardInvariants.Names, name => Assert.Equal(("held", null), OutcomeOf(folder, name)));
    }

    [Fact]
    public void Run_NetworkThatIsNeverHealed_SaysNever()
    {
        using var folder = new RunTestFolder();
        var console = new TestConsole().Width(200);
        new SimulateRun(
            Request(
                folder, "PEERS", "--for", "10min", "--fault", "at 10s partition 5002", "--check", "none", "--out",
                    "FOLDER/run"),
            console).Run();

        // Two of three are half of them, and not nine tenths.
        Assert.Matches(@"nine tenths after +never \(median block\), never \(90 % of blocks\)", console.Output);
        Assert.Matches(@"half of the peers after +\d+\.\d+ s \(median block\)", console.Output);
        var most = Json(folder, "summary.json").GetProperty("mostReached");
        Assert.False(most.TryGetProperty("p50", out _));
        var blocks = File.ReadAllLines(folder.At("run/blocks.csv"));
        Assert.Equal(blocks.Length - 1, most.GetProperty("count").GetInt32());
        Assert.Contains(
            "How a block spreads", File.ReadAllText(folder.At("run/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherSeed_WritesOtherEvents()
    {
        using var folder = new RunTestFolder();
        Run(folder, "PEERS", "--for", "1min", "--events", "--out", "FOLDER/one");
        Run(folder, "PEERS", "--for", "1min", "--events", "--out", "FOLDER/two", "--seed", "2");
        Assert.NotEqual(
            File.ReadAllText(folder.At("one/events.jsonl")), File.ReadAllText(folder.At("two/events.jsonl")));
    }

    [Fact]
    public async Task Events_OfARunWithACrash_FoldIntoTheStateAtItsEnd()
    {
        using var folder = new RunTestFolder();
        Run(
            folder, "PEERS", "--for", "2min", "--fault", "at 1min kill 5001", "--fault", "at 119s kill 5002",
                "--events", "--out", "FOLDER/run",
            "--fault", "at 90s restart 5001");
        await using var file = File.OpenRead(folder.At("run/events.jsonl"));
        var tape = await TapeFile.ReadAsync(file, int.MaxValue, TestContext.Current.CancellationToken);
        var fold = new NetworkFold();
        foreach (var (_, happened) in tape.Events)
        {
            fold.Apply(happened);
        }

        var state = fold.Current;
        Assert.Equal(3, state.Peers.Length);
        Assert.Equal(["5002"], state.Peers.Where(peer => peer.Presence == Presence.Down).Select(peer => peer.Id.Value));
        Assert.Equal(
            ["at 1min kill 5001", "at 90s restart 5001", "at 119s kill 5002"],
            tape.Events.Select(entry => entry.Event).OfType<Remark>().Select(remark => remark.Text));
        var height = Json(folder, "summary.json").GetProperty("height").GetInt32();
        Assert.Equal(height, state.Peers.Single(peer => peer.Id.Value == "5000").Height);
        var times = tape.Events.Select(entry => entry.Event.Time).ToArray();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Run_BrokenInvariant_ExitsWith3AndKeepsTheResultsUpToThere()
    {
        using var folder = new RunTestFolder();
        var run = new SimulateRun(
            Request(folder, "PEERS", "--for", "10min", "--seed", "5", "--out", "FOLDER/run"), new TestConsole(),
                [new NoThirdBlock()]);
        Assert.Equal(ExitCode.Violation, run.Run());
        var manifest = Json(folder, "manifest.json");
        Assert.Equal("violated", manifest.GetProperty("outcome").GetString());
        Assert.Equal("no-third-block", manifest.GetProperty("violation").GetProperty("invariant").GetString());
        Assert.Equal(("broken", null), OutcomeOf(folder, "no-third-block"));
        Assert.Equal(3, Json(folder, "summary.json").GetProperty("height").GetInt32());
        Assert.Contains(
            "no-third-block was broken at", File.ReadAllText(folder.At("run/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_OfEveryOption_IsTheSameAfterAManifest()
    {
        using var folder = new RunTestFolder();
        string[] arguments =
        [
            "--preset", "small-world", "--peers", "60", "--degree", "6", "--rewiring", "0.2", "--light", "10%",
            "--nat", "20%", "--nat-group", "4",
            "--malicious", "5%", "--fanout", "4", "--heartbeat", "15s", "--loss", "1%", "--latency", "80ms",
            "--bandwidth", "10Mbit/s",
            "--block-interval", "30s", "--block-size", "100kB", "--tx-interval", "5s", "--arrivals", "periodic",
            "--maker-spread", "0.25",
            "--blocks", "5", "--for", "1h", "--settle", "2min", "--seed", "9", "--fault",
            "at 1min conditions all loss 50% until 2min", "--check", "none", "--warm-up", "1min",
        ];
        var asked = Request(folder, arguments);
        var network = Assert.IsType<GeneratedNetwork>(asked.Config.Network);
        Assert.Equal(
            (NetworkShape.SmallWorld, 60, 6, 0.2, 0.1, 0.2, 4, 0.05, 0.01, 10_000_000L, true),
            (network.Shape, network.Peers, network.Degree, network.Rewiring, network.LightShare, network.NatShare,
                network.NatGroupSize,
                network.MaliciousShare, network.Loss, network.BitsPerSecond, network.CompactRelay));
        Assert.Equal((4, TimeSpan.FromSeconds(15)), (network.Settings.Fanout, network.Settings.PingInterval));
        Assert.Equal((100_000, TimeSpan.FromMinutes(1)), (asked.Config.Workload.BlockBytes, asked.Config.WarmUp));
        var manifest = new RunManifest(asked, folder.Path, DateTimeOffset.UnixEpoch).ToJson();
        var again = Request(folder, "--config", folder.Write("manifest.json", manifest));
        Assert.Equal(SimulationJson.Write(asked.Config), SimulationJson.Write(again.Config));
    }

    private static int Run(RunTestFolder folder, params string[] arguments) =>
        new SimulateRun(Request(folder, arguments), new TestConsole()).Run();

    private static SimulationRequest Request(RunTestFolder folder, params string[] arguments)
    {
        var problems = new List<string>();
        var request = SimulateCommand.Read(
            CommandLine.Build().Parse(["simulate", .. arguments.Select(folder.Fill)]), problems);
        Assert.Empty(problems);
        return request!;
    }

    private static (string? Outcome, string? Because) OutcomeOf(RunTestFolder folder, string name)
    {
        var invariant = Json(folder, "manifest.json").GetProperty("invariants").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == name);
        return (invariant.GetProperty("outcome").GetString(), invariant.GetProperty("because").GetString());
    }

    private static JsonElement Json(RunTestFolder folder, string file) =>
        JsonElement.Parse(File.ReadAllBytes(folder.At($"run/{file}")));

    private sealed class NoThirdBlock : IAcceptanceInvariant
    {
        public string Name => "no-third-block";

        public string? OnAccepted(SimulatedPeer peer, ChainNode node) =>
            node.Height < 3 ? null : $"{peer.Id} has a third block.";
    }
}
