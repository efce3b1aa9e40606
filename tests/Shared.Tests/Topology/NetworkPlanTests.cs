using Blockchain.Shared.Topology;
using CsCheck;

namespace Blockchain.Shared.Tests.Topology;

public sealed class NetworkPlanTests
{
    [Theory]
    [InlineData("5002", "5003", true)] // both NATed, same network
    [InlineData("5002", "5000", true)] // to its gateway
    [InlineData("5000", "5002", true)] // and back
    [InlineData("5005", "5002", false)] // from outside
    [InlineData("5002", "5005", false)] // to outside
    [InlineData("5002", "5007", false)] // NATed in two networks
    [InlineData("5000", "5009", true)] // public in two networks
    [InlineData("5004", "5010", true)] // public, no network
    [InlineData("5005", "5005", false)] // itself
    [InlineData("5005", "nobody", false)]
    [InlineData("nobody", "5005", false)]
    public void CanReach_ShippedNetwork_FollowsNat(string from, string to, bool expected) =>
        Assert.Equal(expected, PeersFileTests.Parsed(Resources.Shipped).CanReach(new PeerId(from), new PeerId(to)));

    /// <summary>
    /// The model: a public peer hangs on the internet, a member of a network on that network; two peers reach each
    /// other if they hang on something in common.
    /// </summary>
    [Fact]
    public void CanReach_AnyPlan_AgreesWithTheModel() =>
        Samples.Plans.Sample(plan =>
        {
            foreach (var from in plan.Peers)
            {
                foreach (var to in plan.Peers)
                {
                    var expected = from.Id != to.Id && Media(from.Info).Intersect(Media(to.Info)).Any();
                    Assert.Equal(expected, plan.CanReach(from.Id, to.Id));
                    Assert.Equal(expected, NetworkPlan.CanReach(from.Info, to.Info));
                }
            }
        });

    /// <summary>A HELLO can claim anything, a NATed peer without a network included.</summary>
    [Fact]
    public void CanReach_AnyClaims_AgreesWithTheModel() =>
        Gen.Select(Gen.Bool, Gen.Int[-1, 1], Gen.Int[0, 2]).Select((nat, network, id) =>
            new PeerInfo(new PeerId($"{id}"), "10.0.0.1", 5000, nat, Light: false, network))
            .Array[2].Sample(pair =>
                Assert.Equal(
                    pair[0].Id != pair[1].Id && Media(pair[0]).Intersect(Media(pair[1])).Any(),
                    NetworkPlan.CanReach(pair[0], pair[1])));

    [Fact]
    public void Groups_AnyPlan_SplitTheNatedPeers() =>
        Samples.Plans.Sample(plan =>
        {
            var nated = plan.Peers.Where(peer => peer.Info.Nat).Select(peer => peer.Id).Order();
            Assert.Equal(nated, plan.Groups.SelectMany(group => group.Members.Except(group.Gateways)).Order());
            Assert.Equal(
                plan.Peers.Where(peer => peer.Info.Nat).Select(peer => peer.Info.NetworkId).Distinct().Order(),
                plan.Groups.Select(group => group.NetworkId));
            foreach (var group in plan.Groups)
            {
                Assert.Equal(
                    plan.Peers.Where(
                        peer => peer.Info.NetworkId == group.NetworkId).Select(peer => peer.Id), group.Members);
                Assert.All(
                    group.Members, a => Assert.All(group.Members, b => Assert.Equal(a != b, plan.CanReach(a, b))));
                Assert.All(group.Gateways, gateway => Assert.False(plan[gateway].Info.Nat));
            }
        });

    [Fact]
    public void Parse_WhatWriteWrote_IsTheSamePlan() =>
        Samples.Plans.Sample(plan =>
        {
            var text = PeersFile.Write(plan);
            var result = PeersFile.Parse(text);
            Assert.Empty(result.Errors);
            Assert.Equal(plan.Peers, result.Plan!.Peers);
            Assert.Equal(plan.Defaults, result.Plan.Defaults);
            Assert.Equal(plan.Data, result.Plan.Data);
            Assert.Equal(plan.Regions, result.Plan.Regions);
            Assert.Equal(text, PeersFile.Write(result.Plan));
        });

    [Fact]
    public void OnLoopback_CollidingAddresses_StayDifferentAndEqualOnesEqual()
    {
        var plan = Plan(
            "172.28.0.10", "10.28.0.10", "127.28.0.10", "10.0.0.1", "node.example", "127.0.0.1", "172.28.0.10",
            "10.77.0.1");

        var moved = plan.OnLoopback();

        Assert.Equal(
            ["127.77.0.0", "127.77.0.1", "127.28.0.10", "127.77.0.3", "127.77.0.4", "127.0.0.1", "127.77.0.0",
            "127.77.0.7"],
            moved.Peers.Select(peer => peer.Info.Ip));
        Assert.Equal(plan.Peers.Select(peer => peer.Info.Port), moved.Peers.Select(peer => peer.Info.Port));
        Assert.Equal(moved.Peers, moved.OnLoopback().Peers);
    }

    [Fact]
    public void OnLoopback_AnyAddresses_AreDistinctAsBefore() =>
        Gen.UInt.Select(bits => new Ipv4(bits & 0xC0_03_00_03).ToString()).Array[1, 40].Sample(addresses =>
        {
            var moved = Plan(addresses).OnLoopback().Peers.Select(peer => peer.Info.Ip).ToArray();
            Assert.All(moved, address => Assert.StartsWith("127.", address, StringComparison.Ordinal));
            for (var i = 0; i < moved.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    Assert.Equal(addresses[i] == addresses[j], moved[i] == moved[j]);
                }
            }
        });

    [Fact]
    public void SharesAddresses_TwoPeersAtOne_IsTrue()
    {
        Assert.True(Plan("10.0.0.1", "10.0.0.2", "10.0.0.2").SharesAddresses);
        Assert.False(Plan("10.0.0.1", "10.0.0.2").SharesAddresses);
    }

    [Fact]
    public void OnSingleAddress_DistinctPorts_IsAllOnOne()
    {
        var plan = PeersFileTests.Parsed(Resources.Shipped).OnSingleAddress();

        Assert.All(plan.Peers, peer => Assert.Equal("127.0.0.1", peer.Info.Ip));
        Assert.Empty(PeersFile.Parse(PeersFile.Write(plan)).Problems);
        Assert.Equal(7003, plan.HttpPort(new PeerId("5003")));
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(7000)]
    [InlineData(3000)]
    public void OnSingleAddress_PortsThatMeet_Throws(int port)
    {
        var plan = Plan("10.0.0.1");
        plan = plan.With(plan.Peers[0] with { Info = plan.Peers[0].Info with { Id = new("late"), Port = port } });

        var exception = Assert.Throws<InvalidOperationException>(plan.OnSingleAddress);
        Assert.Contains("0 and late", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_KnownPeer_ReplacesIt()
    {
        var plan = Plan("10.0.0.1", "10.0.0.2");
        var changed = plan.With(plan.Peers[0] with { Malicious = true });

        Assert.Equal([true, false], changed.Peers.Select(peer => peer.Malicious));
        Assert.Equal([false, false], plan.Peers.Select(peer => peer.Malicious));
    }

    [Fact]
    public void WithSettings_SharedSettings_StayShared()
    {
        var plan = Plan("10.0.0.1", "10.0.0.2").WithSettings(settings => settings with { Fanout = 9 });

        Assert.Equal(9, plan.Defaults.Fanout);
        Assert.All(plan.Peers, peer => Assert.Same(plan.Defaults, peer.Settings));
    }

    [Fact]
    public void Constructor_SameIdTwice_Throws()
    {
        var peer = Plan("10.0.0.1").Peers[0];

        Assert.Throws<ArgumentException>(() => new NetworkPlan([peer, peer]));
    }

    private static IEnumerable<int?> Media(PeerInfo peer)
    {
        const int internet = int.MinValue;
        if (!peer.Nat)
        {
            yield return internet;
        }

        if (peer.NetworkId != PeerInfo.NoNetwork)
        {
            yield return peer.NetworkId;
        }
    }

    private static NetworkPlan Plan(params string[] addresses) =>
        new(addresses.Select((ip, i) => new PeerPlan
        {
            Info = new PeerInfo(new PeerId($"{i}"), ip, 5000 + i, Nat: false, Light: false, PeerInfo.NoNetwork),
        }));
}
