using Blockchain.Shared.Guests;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Guests;

public sealed class KnownBySenderTests
{
    private const string File = """
        {
          "peers": {
            "ours": { "ip": "127.28.0.1", "port": 5001 },
            "theirs": { "ip": "127.28.0.2", "port": 5002, "command": ["node"], "identify": "sender" },
            "other": { "ip": "127.28.0.3", "port": 5003, "command": ["node"] }
          }
        }
        """;

    private static readonly PeerId Theirs = new("theirs");

    [Theory]
    [InlineData("theirs", "127.0.0.1", true)]
    [InlineData("theirs", "127.28.0.9", true)]
    [InlineData("theirs", "::1", true)]
    [InlineData("theirs", "10.0.0.7", false)]
    [InlineData("theirs", "somewhere", false)]
    [InlineData("other", "127.0.0.1", false)]
    [InlineData("ours", "127.0.0.1", false)]
    [InlineData("nobody", "127.0.0.1", false)]
    public void Speaker_IsWhoItSays_OnlyWithTheFlagAndOnThisMachine(string sender, string ip, bool isKnown)
    {
        var rule = new KnownBySender(PeersFile.Parse(File).Plan!);
        Assert.Equal(isKnown ? Theirs : null, rule.SpeakerOf(ip, new Ping(new(sender), 1, Make.Id(1))));
    }

    [Fact]
    public void MakerOfATransaction_NeedNotBeWhoDeliversIt()
    {
        var rule = new KnownBySender(PeersFile.Parse(File).Plan!);
        Assert.Null(rule.SpeakerOf("127.0.0.1", Make.Transaction("theirs")));
    }

    [Fact]
    public void SignedNetwork_TakesNobodysWord()
    {
        var plan = PeersFile.Parse(File).Plan!;
        var signed = new NetworkPlan(plan.Peers, plan.Defaults) { IsSigned = true };
        Assert.Null(new KnownBySender(signed).SpeakerOf("127.0.0.1", new Ping(Theirs, 1, Make.Id(1))));
    }
}
