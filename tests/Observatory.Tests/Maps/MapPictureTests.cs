using Blockchain.Observatory.Maps;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Observatory.Tests.Maps;

public sealed class MapPictureTests
{
    [Fact]
    public void Peers_ByStateAndRole_LookDifferent()
    {
        var picture = Draw(new Story()
            .Up("1").Up("2", light: true).Switched("2", paused: true).Up("3").Down("3").Switched("3", malicious: true)
            .RoundTrip("1", "4", 20).Up("5", nat: true, network: 1).Switched("5", cutOff: true)
            .Accepted("1", "a", null, 1, "1", "1").Tip("1", "a", 1)
            .Tell(now => new NeighbourBanned(now, new PeerId("1"), new PeerId("3"))));

        Assert.Equal(
            [PeerLook.Up, PeerLook.Paused, PeerLook.Down, PeerLook.Up], picture.Peers.Select(peer => peer.Look));
        Assert.Equal(
            [
                "Peer 1, full, up, height 1, tip A " + BlockState.ShortOf(Story.Id("a")),
                "Peer 2, light, paused",
                "Peer 3, full, down, malicious, banned by 1",
                "Peer 5, full, behind NAT, up, cut off",
            ],
            picture.Peers.Select(peer => peer.Label));
    }

    [Theory]
    [InlineData(79, LinkLook.Fast)]
    [InlineData(199, LinkLook.Medium)]
    [InlineData(200, LinkLook.Slow)]
    public void Link_Measured_IsOfItsClass(double milliseconds, LinkLook expected)
    {
        var picture = Draw(new Story().Up("1").Up("2")
            .RoundTrip("1", "2", milliseconds).RoundTrip("2", "1", milliseconds));

        Assert.Equal(expected, Assert.Single(picture.Links).Look);
    }

    [Fact]
    public void Link_BrokenCutOffOrBanned_ShowsIt()
    {
        var story = new Story().Up("1").Up("2", network: 1).RoundTrip("1", "2", 10);

        Assert.Equal(LinkLook.Fast, LookOf(new Story().Up("1").Up("2", network: 1).RoundTrip("1", "2", 10)));
        Assert.Equal(LinkLook.Broken, LookOf(story.Tell(now =>
            new NeighbourChanged(now, new PeerId("1"), new PeerId("2"), PeerStatus.Unreachable))));
        Assert.Equal(LinkLook.Broken, LookOf(
            new Story().Up("1").Up("2", network: 1).RoundTrip("1", "2", 10).Switched("2", cutOff: true)));
        Assert.Equal(LinkLook.Banned, LookOf(story.Tell(now =>
            new NeighbourBanned(now, new PeerId("2"), new PeerId("1")))));

        static LinkLook LookOf(Story told) => Assert.Single(Draw(told).Links).Look;
    }

    [Fact]
    public void Links_BetweenPeersThatCannotReachEachOther_AreNotDrawn()
    {
        var picture = Draw(new Story()
            .Up("1", nat: true, network: 1).Up("2", nat: true, network: 2).RoundTrip("1", "2", 10));

        Assert.Empty(picture.Links);
    }

    [Fact]
    public void Relays_OfOneWay_AreDrawnFromStationToStation()
    {
        var story = new Story().Up("1", nat: true, network: 1).Up("2", network: 1).Up("3", network: 2)
            .Up("4", nat: true, network: 2)
            .Tell(now => new MessagesRelayed(now, new PeerId("2"), new PeerId("1"), new PeerId("4"), 1))
            .Tell(now => new MessagesRelayed(now, new PeerId("3"), new PeerId("1"), new PeerId("4"), 1));

        var picture = Draw(story);
        var later = Draw(story.Wait(60).Switched("1"));

        Assert.Equal(
            [("1", "2"), ("2", "3"), ("3", "4")], picture.Links.Select(link => (link.One.Value, link.Other.Value)));
        Assert.All(picture.Links, link => Assert.True(link.Relays));
        Assert.Equal(["2", "3"], picture.Peers.Where(peer => peer.Relays).Select(peer => peer.Id.Value));
        Assert.Empty(later.Links);
        Assert.DoesNotContain(later.Peers, peer => peer.Relays);
    }

    [Fact]
    public void Links_OfManyPeers_AreThoseOfTheSelectedOne()
    {
        var story = new Story();
        for (var i = 0; i <= MapPicture.MaxPeersWithAllLinks; i++)
        {
            story.Up($"{i}").RoundTrip($"{i}", $"{i + 1}", 10);
        }

        story.Tell(now => new MessagesRelayed(now, new PeerId("2"), new PeerId("1"), new PeerId("4"), 1));

        Assert.Empty(Draw(story).Links);
        Assert.Equal(["10", "11"], Draw(story, new PeerId("11")).Links.Select(link => link.One.Value));
    }

    private static MapPicture Draw(Story story, PeerId? selected = null)
    {
        var state = story.Fold();
        return new MapPicture(state, MapLayout.For([.. state.Peers.Select(MapPlace.Of)], isPortrait: false), selected);
    }
}
