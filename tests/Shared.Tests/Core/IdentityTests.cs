using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

public class IdentityTests
{
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo Guest = Make.Info("guest");

    private readonly PeerBench _bench = new(Make.Quiet, [A, Make.Info("b")]);

    [Fact]
    public void Identify_KnownAddress_IsThatPeer() => Assert.Equal(A.Id, _bench.Peer.Identify(A.Ip));

    [Fact]
    public void Identify_OtherAddress_IsAStranger()
    {
        var id = _bench.Peer.Identify("10.1.2.3");
        Assert.Equal(PeerId.OfStranger("10.1.2.3"), id);
        Assert.True(id.IsStranger);
    }

    [Fact]
    public void Identify_AddressOfSeveral_IsAStrangerUntilItSaysHello()
    {
        var shared = A with { Id = new PeerId("shared") };
        var bench = new PeerBench(Make.Quiet, [A, shared]);
        Assert.True(bench.Peer.Identify(A.Ip).IsStranger);
        Assert.Equal(shared.Id, bench.Peer.Identify(bench.Now, A.Ip, new Hello(shared, bench.NextId())));
    }

    /// <summary>Else one PEERS could make strangers of all peers of the plan.</summary>
    [Fact]
    public void Identify_SomebodyLearntClaimsThePlannedAddress_IsStillThePlannedPeer()
    {
        _bench.Receive("b", new PeerList(new PeerId("b"), [Guest with { Ip = A.Ip }], _bench.NextId()));
        Assert.Equal(A.Id, _bench.Peer.Identify(A.Ip));
    }

    [Fact]
    public void Identify_HelloOfAnUnknownPeerFromItsAddress_IsLearnt()
    {
        Assert.Equal(Guest.Id, Identify(Guest.Ip, Guest));
        Assert.Equal([Guest.Id], _bench.Events.Discovered);
        Assert.Equal(Guest.Id, _bench.Peer.Identify(Guest.Ip));
    }

    [Fact]
    public void Identify_HelloThatNamesAnotherAddress_IsAStranger()
    {
        Assert.True(Identify("10.1.2.3", Guest).IsStranger);
        Assert.Empty(_bench.Events.Discovered);
    }

    [Fact]
    public void Identify_HelloInTheNameOfAPeerElsewhere_IsAStranger() =>
        Assert.True(Identify("10.1.2.3", A with { Ip = "10.1.2.3" }).IsStranger);

    [Fact]
    public void Identify_HelloInOurOwnName_IsAStranger() =>
        Assert.True(Identify("10.1.2.3", _bench.Peer.Info with { Ip = "10.1.2.3" }).IsStranger);

    /// <summary>Who knocks, at whom, and whether the door opens.</summary>
    [Theory]
    [InlineData(false, -1, false, -1, true)]
    [InlineData(false, 1, false, 2, true)]
    [InlineData(true, 1, true, 1, true)]
    [InlineData(false, 1, true, 1, true)]
    [InlineData(true, 1, false, 1, true)]
    [InlineData(false, -1, true, 1, false)]
    [InlineData(false, 2, true, 1, false)]
    [InlineData(true, 1, false, -1, false)]
    [InlineData(true, 2, true, 1, false)]
    public void Admits_KnownPeer_IfItCanReachUs(bool nat, int network, bool ourNat, int ourNetwork, bool admitted)
    {
        var bench = new PeerBench(
            Make.Quiet, [Make.Info("a", nat, network: network)], Make.Info("self", ourNat, network: ourNetwork));
        Assert.Equal(admitted, bench.Peer.Admits(new PeerId("a")));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Admits_Stranger_UnlessBehindNat(bool ourNat, bool admitted)
    {
        var bench = new PeerBench(Make.Quiet, [], Make.Info("self", ourNat, network: 1));
        Assert.Equal(admitted, bench.Peer.Admits(PeerId.OfStranger("10.1.2.3")));
    }

    private PeerId Identify(string ip, PeerInfo info) =>
        _bench.Peer.Identify(_bench.Now, ip, new Hello(info, _bench.NextId()));
}
