using System.Diagnostics;
using Blockchain.Launching;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Tests;

/// <summary>The nodes of the kits keep the rules.</summary>
public sealed class KitTests
{
    private static readonly GuestLimits Limits = new() { Turn = TimeSpan.FromMinutes(1) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("python3", "kits/python/node.py")]
    [InlineData("node", "kits/javascript/node.mjs")]
    public void Kit_InVirtualTime_BreaksNothing(string language, string file)
    {
        Assert.SkipUnless(Programs.Has(language), $"{language} is not on the PATH.");
        var program = new GuestProgram { Directory = Repository.Root };
        var report = ConformanceRun.InVirtualTime(
            () => new GuestProcess(GuestLaunch.ProcessOf(program, [language, file, "--stdio"]), Limits),
            file, rules: null, seed: 1, Stop);
        Reasons.AssertNothingIsBroken(report);
        Assert.True(report.Results.Count(result => result.Verdict == RuleVerdict.Held) > 70);
    }

    [Fact]
    public async Task Kit_OverTcp_BreaksNothing()
    {
        Assert.SkipUnless(Programs.Has("python3"), "python3 is not on the PATH.");
        SkipWithoutLoopback();
        var program = new GuestProgram
        {
            Command = ["python3", "kits/python/node.py", "--id", "{id}", "--config", "{file}"],
            Directory = Repository.Root,
        };
        var rules = new HashSet<string>
        {
            "W1", "W2", "W4", "W5", "W8", "W10", "W17", "W21", "W22", "W23", "W29", "W33", "W35", "W38", "W54", "W55",
        };
        var report = await ConformanceRun.OverTcpAsync(
            (peer, file) => GuestLaunch.StartInfo(peer with { Program = program }, file), "kit", rules, seed: 1, Stop);
        Reasons.AssertNothingIsBroken(report);
        Assert.All(rules, rule => Assert.Equal(RuleVerdict.Held, report.VerdictOf(rule)));
    }

    [Fact]
    public async Task OurNode_OverTcp_BreaksNothing()
    {
        SkipWithoutLoopback();
        var rules = new HashSet<string> { "W1", "W2", "W4", "W6", "W10", "W21", "W23", "W29", "W33", "W41" };
        var report = await ConformanceRun.OverTcpAsync(Start, "PeerNode", rules, seed: 1, Stop);
        Reasons.AssertNothingIsBroken(report);
        Assert.All(rules, rule => Assert.Equal(RuleVerdict.Held, report.VerdictOf(rule)));

        static ProcessStartInfo Start(PeerPlan peer, string file) => NodeLaunch.StartInfo(
            NodeExecutable.Find(AppContext.BaseDirectory), peer, file, new Uri("http://127.0.0.1:0"),
                new LocalNetworkOptions());
    }

    private static void SkipWithoutLoopback() => Assert.SkipUnless(
        Preflight.TryListen(
            new(System.Net.IPAddress.Parse("127.100.0.1"), 0)) == System.Net.Sockets.SocketError.Success,
        "This machine has no other loopback address than 127.0.0.1.");
}
