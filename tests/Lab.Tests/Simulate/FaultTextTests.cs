using System.Text.Json;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;
using Blockchain.Simulation.Faults;

namespace Blockchain.Lab.Tests.Simulate;

public sealed class FaultTextTests
{
    private static readonly TimeSpan At = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Until = TimeSpan.FromMinutes(12);

    public static TheoryData<string, Fault> Faults => new()
    {
        { "at 10min partition group 1", new Partition(At, new PeerChoice { NetworkId = 1 }) },
        { "at 10min heal", new Heal(At) },
        { "at 10min cut-off group 2", new CutOffNetwork(At, 2) },
        { "at 10min reconnect group 2", new CutOffNetwork(At, 2, IsCutOff: false) },
        { "at 10min crash 5001, 5002", new Crash(At, PeerChoice.Of("5001", "5002")) },
        { "at 10min restart 20%", new Restart(At, PeerChoice.ShareOf(0.2)) },
        { "at 10min churn 100% until 12min up 5min down 30s", new Churn(
            At, Until, PeerChoice.ShareOf(1), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)) },
        { "at 10min late-join 5001 and group 1 and 0.5%", new LateJoin(
            At, PeerChoice.Of("5001") with { NetworkId = 1, Share = 0.005 }) },
        { "at 10min malicious 5001", new TurnMalicious(At, PeerChoice.Of("5001")) },
        { "at 10min honest 5001", new TurnMalicious(At, PeerChoice.Of("5001"), IsMalicious: false) },
        { "at 10min loss 30% until 12min", new LossBurst(At, Until, 0.3) },
        { "at 10min pause 5001 until 12min", new Pause(At, Until, PeerChoice.Of("5001")) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Parse_EveryKind_IsTheFaultAndIsWrittenAlike(string text, Fault fault)
    {
        Assert.Equal(Json(fault), Json(FaultText.Parse(text)));
        Assert.Equal(text, FaultText.Format(fault));
    }

    [Theory]
    [InlineData("10min heal", "at 10min heal")]
    [InlineData("  at\t600s   crash 5001 5002,5003", "at 10min crash 5001, 5002, 5003")]
    [InlineData("at 1.5min partition all", "at 90s partition 100%")]
    [InlineData("at 0 loss 0.25 until 1h", "at 0s loss 25% until 1h")]
    public void Parse_OtherSpelling_IsTheSameFault(string text, string expected) =>
        Assert.Equal(expected, FaultText.Format(FaultText.Parse(text)));

    [Theory]
    [InlineData("", 1, "The fault is not complete: when it happens is missing.")]
    [InlineData("at", 3, "The fault is not complete: when it happens is missing.")]
    [InlineData("at soon heal", 4, "\"soon\" is not a time; write for example 500ms, 60s, 10min or 2h.")]
    [InlineData("at 1min", 8, "The fault is not complete: what happens is missing.")]
    [InlineData("at 1min crash", 14,
        "The fault is not complete: which peers: ids, a share such as 20%, group 1, or all is missing.")]
    [InlineData("at 1min crash 120%", 15, "\"120%\" is not a share; write a number from 0 to 1, or 20%.")]
    [InlineData("at 1min crash group one", 21, "\"one\" is not a localnetworkid; write a whole number.")]
    [InlineData(
        "at 1min crash group 1 and group 2", 27, "Only one group can be named; write another fault for the next one.")]
    [InlineData("at 1min crash 20% and 30%", 23, "Only one share can be named; write another fault for the next one.")]
    [InlineData(
        "at 1min crash all and 5001 and 20%", 32, "Only one share can be named; write another fault for the next one.")]
    [InlineData("at 1min cut-off 5001", 17, "\"group\" and a localnetworkid are missing here.")]
    [InlineData("at 1min pause 5001", 19, "\"until\" and a time are missing here.")]
    [InlineData("at 1min churn all until 2min up 1min", 37, "\"down\" and a time are missing here.")]
    public void Parse_NoFault_SaysWhereAndWhy(string text, int column, string message)
    {
        var error = Assert.Throws<FaultSyntaxException>(() => FaultText.Parse(text));
        Assert.Equal((column, message), (error.Column, error.Message));
    }

    private static string Json(Fault fault) => JsonSerializer.Serialize(fault, SimulationJson.Options);
}
