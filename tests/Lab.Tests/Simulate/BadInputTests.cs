using Blockchain.Lab.Commands;

namespace Blockchain.Lab.Tests.Simulate;

public sealed class BadInputTests
{
    /// <summary>Arguments after <c>simulate</c>, and the one line that they get.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "--preset bitcoin", "--preset: \"bitcoin\" does not exist; choose one of bitcoin-2015, bitcoin-2019, "
            + "bitcoin-2021, bitcoin-2025, simblock-2015, simblock-2019, litecoin, dogecoin, regular, small-world." },
        { "--preset regular --peers 0", "--peers: \"0\" is not a whole number of at least 1." },
        { "--preset bitcoin-2019 --peers 1", "1 peers are not possible; choose 2 to 1000000." },
        { "--preset regular --peers many", "--peers: \"many\" is not a whole number of at least 1." },
        { "--preset regular --peers 100 --degree 100", "A degree of 100 is not possible with 100 peers." },
        { "--preset regular --peers 1000000 --degree 999998", "This takes about 750020 GB of memory, and this machine "
            + $"has {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB; choose fewer peers, links or "
            + "blocks." },
        { "--preset regular --peers 11 --degree 3", "Each link has two ends: degree times peers must be even." },
        { "--preset small-world --degree 5",
            "A small world needs an even degree, half of it to each side of the ring." },
        { "--preset regular --loss 1.5", "--loss: \"1.5\" is not a share; write a number from 0 to 1, or 20%." },
        { "--preset regular --light 101%", "--light: \"101%\" is not a share; write a number from 0 to 1, or 20%." },
        { "--preset regular --nat -1", "--nat: \"-1\" is not a share; write a number from 0 to 1, or 20%." },
        { "--preset regular --malicious NaN",
            "--malicious: \"NaN\" is not a share; write a number from 0 to 1, or 20%." },
        { "--preset regular --seed x",
            "--seed: \"x\" is not a seed; a seed is a whole number from 0 to 18446744073709551615." },
        { "--preset regular --for 0s",
            "--for: \"0s\" is not a time above 0; write for example 500ms, 60s or 10min." },
        { "--preset regular --for 20000h", "--for: 20000h is too long; at most 10000h." },
        { "--preset regular --block-interval soon",
            "--block-interval: \"soon\" is not a time; write for example 500ms, 60s, 10min or 2h." },
        { "--preset regular --block-size 0",
            "--block-size: \"0\" is not a size; write for example 535kB, 1MB or a number of bytes." },
        { "--preset regular --arrivals often",
            "--arrivals: \"often\" is not possible; write exponential or periodic." },
        { "--preset regular --bandwidth 20",
            "--bandwidth: \"20\" is not a bandwidth; write for example 20Mbit/s, or x0.5 for half of the preset's." },
        { "--preset bitcoin-2019 --bandwidth 20Mbit",
            "--bandwidth: this preset has the bandwidths of its regions; write for example x0.5 for half of it." },
        { "--preset bitcoin-2019 --latency 20ms",
            "--latency: this preset has the latencies of its regions; write for example x2 for twice as much." },
        { "--preset bitcoin-2019 --peers 10 --out-degree 10",
            "The mean out-degree must be between 0 and the number of peers." },
        { "--preset regular --check nothing", "There is no invariant \"nothing\". There are: same-blocks-same-chain, "
            + "no-honest-peer-banned, nat-holds, no-transaction-twice, ids-verify, queues-within-limits, "
            + "every-block-everywhere." },
        { "--preset regular --fault at_10min_heel", "--fault: column 10 of \"at 10min heel\": \"heel\" is not a verb. "
            + "The verbs are: mine, send, load, generate, kill, leave, start, restart, join, churn, pause, resume, "
            + "partition, heal, cut-off, reconnect, conditions, malicious, honest." },
        { "--preset regular --fault at_1min_kill_6000", "\"kill 6000\": there is no peer \"6000\"." },
        { "--preset regular --fault at_1min_kill_05", "\"kill 05\": there is no peer \"05\"." },
        { "--preset regular --fault at_1min_kill_+5", "\"kill +5\": there is no peer \"+5\"." },
        { "--preset regular --fault at_1min_partition_group_99", "\"partition group 99\": there is no group 99." },
        { "--preset regular --peers 100 --nat 20% --fault at_1min_partition_group_3",
            "\"partition group 3\": there is no group 3." },
        { "PEERS --fault at_1min_cut-off_group_99", "\"cut-off group 99\": there is no group 99." },
        { "PEERS --for 1min --fault at_5h_kill_5000",
            "\"kill 5000\": the run is over at 5h; it takes 1min and 1min to settle." },
        { "PEERS --fault at_1min_kill_20%_and_30%", "--fault: column 14 of \"at 1min kill 20% and 30%\": Only one "
            + "share can be named; write another line for the next one." },
        { "--preset regular --faults no-such-file", "no-such-file: there is no such file." },
        { "no-such-file.json", "error: no-such-file.json: there is no such file." },
        { "--config no-such-file.json", "no-such-file.json: there is no such file." },
        { "peers.json --preset regular", "Give only one of these: a peers.json, --preset, --network, --config." },
        { "--regions r.csv", "--regions: give --network too, the file whose nodes are in these regions." },
        { "PEERS --arrivals-to csv,xls",
            "--arrivals-to: \"xls\" is not possible; write csv or parquet, or both with a comma between." },
        { "--network no-such-file", "no-such-file: there is no such file." },
        { "--preset bitcoin-2019 --degree 4",
            "--degree: this preset has as many links as were measured; write --out-degree for another mean." },
        { "--preset regular --out-degree 4",
            "--out-degree: this preset has equally many links for all; write --degree." },
        { "--preset regular --rewiring 0.5", "--rewiring: only small-world has a ring that is rewired." },
        { "--preset regular --no-compact", "--no-compact: in this preset blocks travel whole anyway." },
        { "--preset regular --light 100%",
            "With one full peer of 1000 no block reaches another; leave at least two." },
        { "PEERS --degree 4", "--degree: this option is for a --preset; a peers.json says it itself." },
        { "PEERS --no-compact", "--no-compact: this option is for a --preset; a peers.json says it itself." },
        { "PEERS --latency 100ms-20ms", "--latency: \"100ms-20ms\" is not a range; write for example 20ms-100ms." },
        { "--preset regular --out FOLDER", "--out: FOLDER has other files in it. Choose an empty or new folder." },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Simulate_BadInput_GetsOneLineAndExitCode2(string arguments, string expected)
    {
        using var folder = new RunTestFolder();
        var (exit, errors) = RunAsked([.. arguments.Split(' ').Select(word => folder.Fill(word.Replace('_', ' ')))]);
        Assert.Equal([folder.Fill(expected)], errors);
        Assert.Equal(ExitCode.Refused, exit);
    }

    [Fact]
    public void Simulate_SeveralMistakes_AreAllSaidAtOnce()
    {
        var (exit, errors) = RunAsked(
            "--preset", "small-world", "--degree", "5", "--loss", "2", "--seed", "x", "--fault", "soon");
        Assert.Equal(
            [
                "--loss: \"2\" is not a share; write a number from 0 to 1, or 20%.",
                "--seed: \"x\" is not a seed; a seed is a whole number from 0 to 18446744073709551615.",
                "--fault: column 1 of \"soon\": \"soon\" is not a time; write for example 500ms, 60s, 10min or 2h.",
                "A small world needs an even degree, half of it to each side of the ring.",
            ],
            errors);
        Assert.Equal(ExitCode.Refused, exit);
    }

    [Theory]
    [InlineData("{ \"name\": \"shop\", \"version\": \"1.0\", \"start_url\": \"/\" }")]
    [InlineData("[]")]
    [InlineData("{ \"outcome\"")]
    public void Simulate_OutFolderWithAnotherProgramsManifest_IsRefused(string json)
    {
        using var folder = new RunTestFolder();
        folder.Write("manifest.json", json);
        var (exit, errors) = RunAsked("--preset", "regular", "--out", folder.Path);
        Assert.Equal([$"--out: {folder.Path} has other files in it. Choose an empty or new folder."], errors);
        Assert.Equal(ExitCode.Refused, exit);
    }

    [Theory]
    [InlineData("\"blockInterval\": \"0s\"", "--blocks 10")]
    [InlineData("\"blockInterval\": \"0s\"", "--blocks 10 --tx-interval 1s")]
    [InlineData("\"light\": true", "--blocks 10")]
    [InlineData("\"light\": true", "--blocks 10 --block-interval 1s")]
    public void Simulate_FileOfWhichNobodyMakesBlocks_CannotStopByTheirNumber(string member, string arguments)
    {
        using var folder = new RunTestFolder();
        var peers = folder.Write("silent.json", $$"""
            {
              "peers": {
                "5000": { "ip": "127.28.0.10", "port": 5000, {{member}} },
                "5001": { "ip": "127.28.0.11", "port": 5001, {{member}} }
              }
            }
            """);
        var (exit, errors) = RunAsked([peers, .. arguments.Split(' ')]);
        Assert.Equal(["No peer makes blocks, so the run would never end; give a duration."], errors);
        Assert.Equal(ExitCode.Refused, exit);
        Assert.Equal(ExitCode.Success, RunAsked([peers, .. arguments.Split(' '), "--for", "1min"]).ExitCode);
    }

    [Theory]
    [InlineData("--preset", "regular", "--peers", "100", "--nat", "20%", "--fault", "at 1min partition group 2")]
    [InlineData("--preset", "regular", "--for", "1min", "--settle", "2min", "--fault", "at 3min kill 5")]
    public void Simulate_FaultThatJustHasAnEffect_IsTaken(params string[] arguments) =>
        Assert.Equal((ExitCode.Success, 0), (RunAsked(arguments).ExitCode, RunAsked(arguments).Errors.Count));

    [Theory]
    [InlineData("{ \"network\": 5 }", "$.network")]
    [InlineData("{ \"network\": { \"kind\": \"generated\", \"shape\": \"ring\", \"peers\": 10 } }", "$.network.shape")]
    [InlineData("{ \"seed\": 1, \"bogus\": 2 }", "bogus")]
    [InlineData("null", "null is not a configuration")]
    [InlineData("{ \"seed\"", "LineNumber")]
    public void Simulate_BadConfigFile_SaysWhere(string json, string expected)
    {
        using var folder = new RunTestFolder();
        var path = folder.Write("config.json", json);
        var (exit, errors) = RunAsked("--config", path);
        var line = Assert.Single(errors);
        Assert.StartsWith(path + ": ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, exit);
    }

    [Fact]
    public void Simulate_FileOfFaultsWithMistakes_GivesLineAndColumnOfEach()
    {
        using var folder = new RunTestFolder();
        var path = folder.Write(
            "faults.txt", "# what goes wrong\nat 1min kill 5\n  at 2min churn 30% up 1s down 1s\nat 3min heal now\n");
        var (_, errors) = RunAsked("--preset", "regular", "--faults", path);
        Assert.Equal(
            [
                $"{path}:3:34: \"for\" and a time are missing here.",
                $"{path}:4:14: The line is complete before \"now\"; remove the rest.",
            ],
            errors);
    }

    private static (int ExitCode, List<string> Errors) RunAsked(params string[] arguments)
    {
        var parsed = CommandLine.Build().Parse(["simulate", .. arguments]);
        Assert.Empty(parsed.Errors);
        var errors = new List<string>();
        var request = SimulateCommand.Read(parsed, errors);
        return (request is null ? ExitCode.Refused : ExitCode.Success, errors);
    }
}
