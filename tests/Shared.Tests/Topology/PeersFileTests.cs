using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Topology;

public sealed class PeersFileTests
{
    [Fact]
    public void Parse_ShippedFile_IsTheOriginalNetworkOnLoopback()
    {
        var plan = Parsed(Resources.Shipped);
        var course = Parsed(Resources.Course).OnLoopback();

        Assert.Equal(course.Peers.Select(peer => peer.Info), plan.Peers.Select(peer => peer.Info));
        Assert.Equal(course.Peers.Select(peer => peer.Settings), plan.Peers.Select(peer => peer.Settings));
        Assert.Equal(["5001", "5004"], plan.Peers.Where(peer => peer.Malicious).Select(peer => peer.Id.Value));
        Assert.False(plan.SharesAddresses);
    }

    [Fact]
    public void Parse_CourseFile_IsAcceptedUnchanged()
    {
        var plan = Parsed(Resources.Course);

        Assert.Equal(Enumerable.Range(5000, 11).Select(id => $"{id}"), plan.Peers.Select(peer => peer.Id.Value));
        Assert.Equal(new PeerInfo(new("5006"), "172.28.0.16", 5006, Nat: true, Light: true, 2), plan[new("5006")].Info);
        Assert.Equal([3, 1, 1, 1, 1, 3, 1, 1, 1, 3, 3], plan.Peers.Select(peer => peer.Settings.Fanout));
        Assert.All(plan.Peers, peer => Assert.True(peer is { Knows: null, ManualStart: false, Malicious: false }));
        Assert.Collection(
            plan.Groups,
            first => AssertGroup(first, 1, ["5000", "5001", "5002", "5003"], ["5000", "5001"]),
            second => AssertGroup(second, 2, ["5006", "5007", "5008", "5009"], ["5008", "5009"]));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("\"restart\": \"never\",", false)]
    [InlineData("\"restart\": \"always\",", true)]
    public void Parse_Restart_HoldsForTheNetworkAndSurvivesEveryCopy(string restart, bool expected)
    {
        var plan = Parsed($$"""{ {{restart}} "peers": { "a": { "ip": "127.0.0.9", "port": 5000 } } }""");

        Assert.Equal(expected, plan.Restarts);
        Assert.Equal(expected, plan.OnSingleAddress().Restarts);
        Assert.Equal(expected, plan.WithSettings(settings => settings with { Fanout = 7 }).Restarts);
        Assert.Equal(expected, Parsed(PeersFile.Write(plan)).Restarts);
    }

    [Fact]
    public void Parse_CommentsTrailingCommasAndByteOrderMark_AreAllowed()
    {
        var text = "\uFEFF// mine\n{ \"peers\": { /* one */ \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, }, }, }";

        Assert.Equal("a", Assert.Single(Parsed(text).Peers).Id.Value);
    }

    [Fact]
    public void Parse_Settings_EntryOverridesDefaultsOverrideTheOriginals()
    {
        var plan = Parsed("""
            {
              "peers": {
                "a": { "ip": "127.0.0.9", "port": 5000, "latency": "5ms", "sendLimit": 0 },
                "b": { "ip": "127.0.0.10", "port": 5001, "start": "manual", "knows": ["a"] }
              },
              "defaults": { "latency": ["1ms", 2], "capacity": [2, 10], "blockInterval": 0,
                            "sendLimit": { "messages": 7, "window": "1min" } }
            }
            """);
        var (a, b) = (plan.Peers[0], plan.Peers[1]);

        Assert.Equal(
            PeerSettings.Default with
            {
                Latency = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2)),
                Capacity = new(2, 10),
                BlockInterval = TimeSpan.Zero,
                SendLimit = new(7, TimeSpan.FromMinutes(1)),
            },
            b.Settings);
        var five = TimeSpan.FromMilliseconds(5);
        Assert.Equal(b.Settings with { Latency = new(five, five), SendLimit = RateLimit.None }, a.Settings);
        Assert.Same(plan.Defaults, b.Settings);
        Assert.True(b.ManualStart);
        Assert.Equal([a], plan.KnownBy(b.Id));
        Assert.Equal([b], plan.KnownBy(a.Id));
        Assert.Equal("$.peers.b", b.SourcePath);
    }

    [Fact]
    public void Parse_Groups_CountUpAddressesPortsAndIds()
    {
        var plan = Parsed("""
            {
              "groups": {
                "plain": { "count": 300, "ip": "127.29.0.200", "port": 6000, "fanout": 2 },
                "named": { "count": 2, "ip": "127.30.0.1", "port": 7000, "idPrefix": "home-", "nat": true,
                           "localnetworkid": 4, "fanout": 2, "knows": ["home-1", "6000"] }
              },
              "peers": { "gate": { "ip": "127.30.0.9", "port": 5000, "localnetworkid": 4 } }
            }
            """);

        Assert.Equal(303, plan.Peers.Count);
        Assert.Equal("127.29.1.243", plan[new("6299")].Info.Ip);
        Assert.Equal(
            new PeerInfo(new("home-2"), "127.30.0.2", 7001, Nat: true, Light: false, 4), plan[new("home-2")].Info);
        Assert.Equal([new PeerId("6000")], plan[new("home-1")].Knows);
        Assert.Equal([new PeerId("home-1"), new PeerId("6000")], plan[new("home-2")].Knows);
        AssertGroup(Assert.Single(plan.Groups), 4, ["gate", "home-1", "home-2"], ["gate"]);
        Assert.Same(plan[new("6000")].Settings, plan[new("home-1")].Settings);
        Assert.Same(plan[new("6000")].SourcePath, plan[new("6299")].SourcePath);
    }

    internal static NetworkPlan Parsed(string text)
    {
        var result = PeersFile.Parse(text);
        Assert.Empty(result.Problems);
        return Assert.IsType<NetworkPlan>(result.Plan);
    }

    private static void AssertGroup(NatGroup group, int id, string[] members, string[] gateways)
    {
        Assert.Equal(id, group.NetworkId);
        Assert.Equal(members, group.Members.Select(member => member.Value));
        Assert.Equal(gateways, group.Gateways.Select(gateway => gateway.Value));
    }
}
