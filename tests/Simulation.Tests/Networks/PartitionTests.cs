using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>A network that is cut off from the others, and a peer that stands still.</summary>
public class PartitionTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Network_CutOffAndReconnected_HasTwoChainsThenOne(ulong seed)
    {
        var network = new RecordedRun(Shipped.Plan(), seed);
        network.Run.RunFor(TimeSpan.FromSeconds(40));
        CutOff(network, isCutOff: true);
        network.Run.RunFor(TimeSpan.FromSeconds(60));

        var inside = network["5002"].Core.Ledger.Chain;
        var outside = network["5005"].Core.Ledger.Chain;
        Assert.False(inside.Contains(outside.Tip!.Id), network.Describe());
        Assert.False(outside.Contains(inside.Tip!.Id), network.Describe());
        Assert.Equal(PeerStatus.Unreachable, network["5002"].Core.Table.Find(new PeerId("5005"))!.Status);

        network.Run.StopGeneration();
        CutOff(network, isCutOff: false);
        Assert.True(
            network.Run.RunUntil(() => network.HasConverged, TimeSpan.FromSeconds(20)), network.Describe());
        network.Run.Check(atEnd: false);
    }

    [Fact]
    public void Peer_Paused_DropsWhatComesAndCatchesUpAfterwards()
    {
        var network = new RecordedRun(Shipped.Plan(), seed: 1);
        network.Run.RunFor(TimeSpan.FromSeconds(40));
        var peer = network["5010"];
        peer.Apply(new SetPaused(true));
        var height = peer.Core.Ledger.Chain.Height;
        network.Run.RunFor(TimeSpan.FromSeconds(60));

        Assert.Equal(height, peer.Core.Ledger.Chain.Height);
        Assert.Contains((MessageType.Ping, DropReason.Paused), network.Of(peer).Drops);
        Assert.Equal(PeerStatus.Unreachable, network["5005"].Core.Table.Find(peer.Plan.Id)!.Status);

        peer.Apply(new SetPaused(false));
        network.Run.StopGeneration();
        Assert.True(
            network.Run.RunUntil(() => network.HasConverged, TimeSpan.FromSeconds(15)), network.Describe());
    }

    [Fact]
    public void Time_WhenAPausedPeerGoesOn_DoesNotGoBack()
    {
        var network = new RecordedRun(Shipped.Plan(), seed: 1);
        network["5010"].Apply(new SetPaused(true));
        network.Run.RunFor(TimeSpan.FromSeconds(60));
        network["5010"].Apply(new SetPaused(false));

        var now = network.Run.Now;
        for (var i = 0; i < 100; i++)
        {
            Assert.True(network.Run.Step());
            Assert.True(network.Run.Now >= now, $"{network.Run.Now} comes after {now}");
            now = network.Run.Now;
        }
    }

    private static void CutOff(RecordedRun network, bool isCutOff) =>
        network.Run.Apply(new CutOff(network.Run.Elapsed, NetworkId: 1, isCutOff));
}
