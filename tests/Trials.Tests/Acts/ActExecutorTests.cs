using Blockchain.Trials.Tests.Running;

namespace Blockchain.Trials.Tests.Acts;

public sealed class ActExecutorTests
{
    /// <summary>Steps, and all that peers are then told, by second.</summary>
    public static TheoryData<string, string[]> Done => new()
    {
        { """{ "do": "pause", "peers": "a", "for": "5s" }""", ["0 a pause", "5 a pause"] },
        { """{ "do": "kill", "peers": "a", "for": "5s" }""", ["0 a kill", "5 a start"] },
        { """{ "do": "generate", "peers": "a", "value": false, "for": "5s" }""", ["0 a generate", "5 a generate"] },
        { """{ "do": "malicious", "peers": "a", "behaviour": "lazy", "for": "5s" }""",
            ["0 a malicious", "5 a malicious"] },
        { """{ "do": "conditions", "peers": "a", "loss": 0.5, "for": "5s" }""", ["0 a conditions", "5 a conditions"] },
        { """{ "do": "partition", "peers": "a", "for": "5s" }""",
            ["0 a partition", "0 b partition", "0 c partition", "5 a partition", "5 b partition", "5 c partition"] },
        { """{ "do": "partition", "peers": "a", "direction": "out" }""", ["0 a partition"] },
        { """{ "do": "partition", "peers": "a", "direction": "in" }""", ["0 b partition", "0 c partition"] },
        { """{ "do": "partition", "peers": "a", "from": "b" }, { "after": "2s", "do": "heal" }""",
            ["0 a partition", "0 b partition", "2 a partition", "2 b partition"] },
        { """{ "do": "cut-off", "group": 1, "for": "5s" }""", ["0 c cut-off", "5 c cut-off"] },
        { """{ "do": "restart", "peers": "a" }""", ["0 a stop", "0 a start"] },
        { """{ "at": "3s", "do": "join", "peers": "b" }""", ["3 b start"] },
        { """{ "do": "kill", "peers": "a" }, { "do": "mine", "peers": "a" }""", ["0 a kill"] },
    };

    [Theory]
    [MemberData(nameof(Done))]
    public async Task Act_OnPeers_IsDoneAndEndsByItself(string steps, string[] told)
    {
        var host = new FakeHost();
        await FakeRun.RunAsync(host, steps + """, { "at": "60s", "expect": { "answers": "all" } }""");
        Assert.Equal(told, host.Log.Select(line => string.Join(' ', line.Split(' ', '?')[..3])));
    }

    [Fact]
    public async Task Start_AfterOrders_TellsAgainWhatStillHolds()
    {
        var host = new FakeHost();
        await FakeRun.RunAsync(host, """
            { "do": "conditions", "peers": "a", "loss": 0.5 },
            { "do": "conditions", "peers": "a", "loss": 0.2, "to": "b", "for": "1s" },
            { "do": "partition", "peers": "a", "direction": "out" },
            { "do": "generate", "peers": "a", "value": false },
            { "do": "pause", "peers": "a" },
            { "after": "5s", "do": "restart", "peers": "a" },
            { "expect": { "answers": "all" } }
            """);
        var start = host.Log[^1];
        Assert.StartsWith("5 a start [partition", start, StringComparison.Ordinal);
        Assert.Equal(2, start.Count(sign => sign == ';'));
        Assert.Contains("generate", start, StringComparison.Ordinal);
        Assert.DoesNotContain("pause", start, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Churn_Over_HasAllUp()
    {
        var host = new FakeHost();
        await FakeRun.RunAsync(host, """
            { "do": "churn", "peers": "all", "up": "10s", "down": "10s", "for": "60s" },
            { "at": "61s", "expect": { "answers": "all" } }
            """);
        Assert.All(host.Peers, peer => Assert.True(host.IsRunning(peer.Id)));
        Assert.Contains(host.Log, line => line.EndsWith("kill", StringComparison.Ordinal));
    }
}
