using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Blockchain.Conformance.Tests;

/// <summary>Nodes that run already, each started once for all the rules that are tried with it.</summary>
public sealed class RunningNodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kit_ThatRuns_BreaksNothing_AlsoTheSecondTime()
    {
        using var node = await Node.StartAsync("kits/python/node.py");

        // The second time it has a chain, and acquaintances.
        foreach (var told in (string[][])[["W2", "W4", "W23", "W25", "W33", "W35", "W54"], ["W29", "W35", "W52"]])
        {
            var report = await ConformanceRun.OfRunningAsync(node.Address, told.ToHashSet(), seed: 1, Stop);
            Reasons.AssertNothingIsBroken(report);
            Assert.All(told, rule => Assert.Equal(RuleVerdict.Held, report.VerdictOf(rule)));
        }
    }

    [Theory]
    [InlineData("pong-own-time", "W29")]
    [InlineData("one-block-of-many", "W33")]
    [InlineData("headers-from-genesis", "W35")]
    [InlineData("no-reorganisation", "W55")]
    public async Task WrongNode_ThatRuns_BreaksTheRuleOfItsFault_Alone(string fault, string rule)
    {
        using var node = await Node.StartAsync("tests/wrong-nodes/wrong.py", fault);
        var report = await ConformanceRun.OfRunningAsync(
            node.Address, new HashSet<string> { "W23", rule }, seed: 1, Stop);
        Assert.Equal([rule], Reasons.Broken(report));
        Assert.Contains(report.Results, result => result.Verdict == RuleVerdict.Broken && result.Lines.Count > 0);
    }

    [Fact]
    public async Task RulesThatNeedAFreshNode_AreNotTried()
    {
        using var node = await Node.StartAsync("kits/python/node.py");
        var report = await ConformanceRun.OfRunningAsync(
            node.Address, new HashSet<string> { "W26", "W56", "W57", "W63" }, seed: 1, Stop);
        Assert.All(report.Results, result => Assert.Equal("It needs a node that it can start.", result.Reason));
        Assert.All(report.Results, result => Assert.Equal(RuleVerdict.Unknown, result.Verdict));
    }

    [Fact]
    public async Task AddressWhereNobodyIs_IsRefused()
    {
        SkipWithoutLoopback();
        var refused = await Assert.ThrowsAsync<NotSupportedException>(
            () => ConformanceRun.OfRunningAsync(Node.FreeAddress(), rules: null, seed: 1, Stop));
        Assert.Contains("nothing there answers", refused.Message);
    }

    private static void SkipWithoutLoopback() => Assert.SkipUnless(
        Launching.Preflight.TryListen(new(IPAddress.Parse("127.100.0.1"), 0)) == SocketError.Success,
        "This machine has no other loopback address than 127.0.0.1.");

    private sealed class Node : IDisposable
    {
        private readonly Process _process;
        private readonly DirectoryInfo _folder;

        private Node(Process process, DirectoryInfo folder, IPEndPoint address) =>
            (_process, _folder, Address) = (process, folder, address);

        public IPEndPoint Address { get; }

        public static async Task<Node> StartAsync(string program, params string[] words)
        {
            Assert.SkipUnless(Programs.Has("python3"), "python3 is not on the PATH.");
            SkipWithoutLoopback();
            var address = FreeAddress();
            var folder = Directory.CreateTempSubdirectory("running-node-");
            var file = Path.Combine(folder.FullName, "peers.json");
            await File.WriteAllTextAsync(
                file,
                $$"""
                { "peers": { "6000": { "ip": "{{address.Address}}", "port": {{address.Port}},
                    "blockInterval": 0, "transactionInterval": 0, "dropProbability": 0, "latency": 0 } } }
                """,
                Stop);
            var process = Process.Start(new ProcessStartInfo(
                "python3", [program, .. words, "--id", "6000", "--config", file])
            {
                WorkingDirectory = Repository.Root,
            })!;
            var node = new Node(process, folder, address);
            for (var begun = Stopwatch.GetTimestamp(); !await AnswersAsync(address); await Task.Delay(50, Stop))
            {
                Assert.True(!process.HasExited && Stopwatch.GetElapsedTime(begun) < Patience, "It does not listen.");
            }

            return node;
        }

        public static IPEndPoint FreeAddress()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse($"127.63.{Random.Shared.Next(1, 250)}.1"), 0));
            return (IPEndPoint)socket.LocalEndPoint!;
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
            _folder.Delete(recursive: true);
        }

        private static async Task<bool> AnswersAsync(IPEndPoint address)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address, Stop);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
