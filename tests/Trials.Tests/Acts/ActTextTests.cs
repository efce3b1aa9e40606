using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Reading;

namespace Blockchain.Trials.Tests.Acts;

public sealed class ActTextTests
{
    private static readonly TimeSpan At = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Two = TimeSpan.FromMinutes(2);
    private static readonly PeerChoice One = PeerChoice.Of("5001");

    public static TheoryData<string, Act> Acts => new()
    {
        { "at 10min mine 5001 count 3 as b1", new MineBlocks(At, One, 3, "b1") },
        { "at 10min send 5001 to 5002 amount 7 count 2 as t", new SendTransactions(
            At, One, new PeerId("5002"), 7, 2, "t") },
        { "at 10min load 5001 tx 50 for 2min", new Load(At, One, 50) { For = Two } },
        { "at 10min generate all value false", new Generate(At, PeerChoice.All, false) },
        { "at 10min partition group 1", new Partition(At, new PeerChoice { NetworkId = 1 }) },
        { "at 10min partition 5001 from 5002, 5003 direction out for 2min", new Partition(
            At, One, PeerChoice.Of("5002", "5003"), Direction.Out) { For = Two } },
        { "at 10min heal", new Heal(At) },
        { "at 10min cut-off group 2", new CutOff(At, 2) },
        { "at 10min reconnect group 2", new CutOff(At, 2, Value: false) },
        { "at 10min kill 5001, 5002", new Kill(At, PeerChoice.Of("5001", "5002")) },
        { "at 10min leave honest full", new Leave(At, PeerChoice.Of(PeerKind.Honest, PeerKind.Full)) },
        { "at 10min start 20%", new Start(At, PeerChoice.ShareOf(0.2)) },
        { "at 10min restart 5001", new Restart(At, One) },
        { "at 10min churn all up 5min down 30s for 2min", new Churn(
            At, PeerChoice.All, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)) { For = Two } },
        { "at 10min join 5001 and group 1 and 0.5%", new Join(At, One with { NetworkId = 1, Share = 0.005 }) },
        { "at 10min malicious 5001", new Behave(At, One) },
        { "at 10min malicious 5001 behaviour withhold", new Behave(At, One, "withhold") },
        { "at 10min honest 5001", new Behave(At, One, Behaviours.Honest) },
        { "at 10min conditions all loss 30% burst 8 for 2min", new Conditions(
            At, PeerChoice.All, Loss: 0.3, Burst: 8) { For = Two } },
        { "at 10min conditions 5001 to 5002 latency 20ms-100ms capacity 50", new Conditions(
            At,
            One,
            PeerChoice.Of("5002"),
            Latency: new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
            Capacity: 50) },
        { "at 10min pause 5001 for 2min", new Pause(At, One) { For = Two } },
        { "at 10min resume 5001", new Resume(At, One) },
    };

    [Fact]
    public void Acts_OfTheTable_HaveEveryVerb() => Assert.Equal(
        ActKind.Names.Order(), Acts.Select(row => ActKind.Of(row.Data.Item2).Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Acts))]
    public void Parse_EveryKind_IsTheActAndIsWrittenAlike(string text, Act act)
    {
        Assert.Equal(act, ActText.Parse(text));
        Assert.Equal(text, ActText.Format(act));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public void Json_EveryKind_IsReadAsWritten(string text, Act act)
    {
        using var json = System.Text.Json.JsonDocument.Parse(ActJson.Write(act).ToJsonString());
        Assert.Equal(text, ActText.Format(ActJson.Read(json.RootElement)));
    }

    [Theory]
    [InlineData("10min heal", "at 10min heal")]
    [InlineData("  at\t600s   kill 5001 5002,5003", "at 10min kill 5001, 5002, 5003")]
    [InlineData("at 1.5min partition 100%", "at 90s partition all")]
    [InlineData("at 1min conditions all loss 0.25 until 1h", "at 1min conditions all loss 25% for 59min")]
    [InlineData("at 1min cut-off group 1", "at 1min cut-off group 1")]
    public void Parse_OtherSpelling_IsTheSameAct(string text, string expected) =>
        Assert.Equal(expected, ActText.Format(ActText.Parse(text)));

    [Theory]
    [InlineData("", 1, "The line is not complete: when it happens is missing.")]
    [InlineData("at", 3, "The line is not complete: when it happens is missing.")]
    [InlineData("at soon heal", 4, "\"soon\" is not a time; write for example 500ms, 60s, 10min or 2h.")]
    [InlineData("at 1min", 8, "The line is not complete: what happens is missing.")]
    [InlineData("at 1min heal all", 14, "The line is complete before \"all\"; remove the rest.")]
    [InlineData("at 1min kill 120%", 14, "\"120%\" is not a share; write a number from 0 to 1, or 20%.")]
    [InlineData("at 1min kill group one", 14, "\"one\" is not a localnetworkid; write a whole number.")]
    [InlineData("at 1min kill group 1 and group 2", 14,
        "Only one group can be named; write another line for the next one.")]
    [InlineData("at 1min kill 20% and 30%", 14, "Only one share can be named; write another line for the next one.")]
    [InlineData("at 1min cut-off 5001", 17,
        "\"cut-off\" has no \"5001\"; it can have group, for.")]
    [InlineData("at 1min churn all until 2min up 1min", 37, "\"down\" and a time are missing here.")]
    [InlineData("at 1min pause 5001 until 30s", 26, "It ends before it begins.")]
    [InlineData("at 1min load 5001 tx 20000", 22,
        "20000 is too much; a peer makes up to 10000 transactions a second.")]
    [InlineData("at 1min malicious 5001 behaviour lzay", 34,
        "there is no behaviour \"lzay\"; there are honest, false-ids, withhold, lazy, sybil, selfish, "
            + "selfish-grinding, stubborn-lead, stubborn-fork, stubborn-trail, stubborn, double-spend, delay, spam, "
            + "tamper, lie, eclipse; did you mean \"lazy\"?.")]
    [InlineData("at 1min mine all count 1 count 2", 26, "\"count\" is here twice.")]
    public void Parse_NoAct_SaysWhereAndWhy(string text, int column, string message)
    {
        var error = Assert.Throws<ActSyntaxException>(() => ActText.Parse(text));
        Assert.Equal((column, message), (error.Column, error.Message));
    }
}
