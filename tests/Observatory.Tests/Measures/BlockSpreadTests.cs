using Blockchain.Observatory.Measures;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.Measures;

public sealed class BlockSpreadTests
{
    [Fact]
    public void Spread_OfABlock_IsTheShareOfPeersOverTime()
    {
        var story = Four();
        var made = story.Now;
        story.Made("5000", "a");
        foreach (var (peer, delay) in new[] { ("5000", 0.0), ("5001", 0.5), ("5002", 2.0) })
        {
            story.Tell(_ => Accepted(made, peer, delay));
        }

        var spread = Assert.Single(BlockSpread.Last(story.Fold(), 10));

        Assert.Equal(4, spread.Peers);
        Assert.Equal(0.75, spread.Reached);
        Assert.Equal("5003", Assert.Single(spread.Missing).Value);
        Assert.Equal([0, 0.5, 2], spread.Arrivals.Select(arrival => arrival.Delay.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(0.5), spread.Half);
        Assert.Null(spread.Most);
        Assert.Equal(
            [0.25, 0.5, 0.5, 0.75], new[] { 0, 0.5, 1.9, 9 }.Select(s => spread.ShareAfter(TimeSpan.FromSeconds(s))));
    }

    [Fact]
    public void Spread_WithThoseThatCouldNotHaveIt_CountsThemNot()
    {
        var story = Four().Switched("5003", malicious: true).Down("5002");
        var made = story.Now;
        story.Made("5000", "a").Tell(_ => Accepted(made, "5000", 0)).Tell(_ => Accepted(made, "5003", 1));
        story.Up("5004", started: made + TimeSpan.FromSeconds(1)).Tell(_ => Accepted(made, "5004", 60));

        var spread = BlockSpread.Last(story.Fold(), 10)[0];

        Assert.Equal(["5000"], spread.Arrivals.Select(arrival => arrival.Peer.Value));
        Assert.Equal(["5001"], spread.Missing.Select(peer => peer.Value));
    }

    [Fact]
    public void Spread_OfAPeerThatRestartedSince_StillCounts()
    {
        var story = Four();
        var made = story.Now;
        story.Made("5000", "a").Tell(_ => Accepted(made, "5001", 1)).Down("5001").Wait(5);
        story.Up("5001", started: story.Now);

        var spread = BlockSpread.Last(story.Fold(), 10)[0];

        Assert.Equal(["5001"], spread.Arrivals.Select(arrival => arrival.Peer.Value));
    }

    [Fact]
    public void Spread_OfAPeerThatWentAwayWithoutIt_CountsItAsMissing()
    {
        var story = Four();
        var made = story.Now;
        story.Made("5000", "a");
        foreach (var peer in new[] { "5000", "5001", "5002" })
        {
            story.Tell(_ => Accepted(made, peer, 1));
        }

        var spread = BlockSpread.Last(story.Down("5003").Fold(), 10)[0];

        Assert.Equal("5003", Assert.Single(spread.Missing).Value);
        Assert.Null(spread.All);
    }

    [Fact]
    public void Spread_OfPeersThatTurnMalicious_CountsThemAsTheyWereAtTheMaking()
    {
        var story = Four().Switched("5001", malicious: true).Switched("5001").Switched("5000", malicious: true);
        var made = story.Now;
        story.Made("5000", "a").Tell(_ => Accepted(made, "5000", 0)).Tell(_ => Accepted(made, "5002", 1));
        story.Switched("5002", malicious: true);

        var spread = BlockSpread.Last(story.Fold(), 10)[0];

        // The maker counts; who was malicious before does not, though it is honest now, since others have banned it.
        Assert.Equal(["5000", "5002"], spread.Arrivals.Select(arrival => arrival.Peer.Value));
        Assert.Equal(["5003"], spread.Missing.Select(peer => peer.Value));
    }

    [Fact]
    public void Spread_OfAFalseBlock_IsMeantForTheHonest()
    {
        var story = Four().Switched("5003", malicious: true).Made("5003", "x", isFalse: true);
        var state = story.Fold();

        var spread = BlockSpread.Of(state, state.Block(Story.Id("x"))!);

        Assert.Equal((0, 3), (spread.Arrivals.Count, spread.Peers));
    }

    [Fact]
    public void Spread_OfAPeerWhoseConnectionWasLostOnly_CountsIt()
    {
        var story = Four().Down("5003");
        var made = story.Now;
        story.Made("5000", "a").Up("5003").Tell(_ => Accepted(made, "5003", 1));

        var spread = BlockSpread.Last(story.Fold(), 10)[0];

        Assert.Equal(["5003"], spread.Arrivals.Select(arrival => arrival.Peer.Value));
    }

    [Fact]
    public void Last_WithFalseBlocks_LeavesThemOutAndIsTheNewestFirst()
    {
        var story = Four();
        foreach (var name in new[] { "a", "b", "c" })
        {
            story.Made("5000", name, isFalse: name == "b");
            story.Accepted("5000", name, null, 1, "5000", "5000");
        }

        var spreads = BlockSpread.Last(story.Fold(), 10);

        Assert.Equal([Story.Id("c"), Story.Id("a")], spreads.Select(spread => spread.Block.Id));
        Assert.Single(BlockSpread.Last(story.Fold(), 1));
    }

    [Fact]
    public void Delays_OfPeers_BeginWithWhoLacksMostAndThenTheSlowest()
    {
        var story = Four();
        foreach (var name in new[] { "a", "b", "c" })
        {
            var made = story.Now;
            story.Made("5000", name);
            story.Tell(_ => Accepted(made, "5000", 0, name)).Tell(_ => Accepted(made, "5001", 1, name));
            story.Tell(_ => Accepted(made, "5002", name == "c" ? 9 : 2, name));
        }

        var delays = PeerDelay.Of(BlockSpread.Last(story.Fold(), 10));

        Assert.Equal(["5003", "5002", "5001"], delays.Select(peer => peer.Peer.Value));
        Assert.Equal((0, 3), (delays[0].Blocks, delays[0].Missing));
        Assert.Null(delays[0].Half);
        Assert.Equal((3, 2.0, 9.0, 9.0), (
            delays[1].Blocks, delays[1].Half!.Value.TotalSeconds, delays[1].Most!.Value.TotalSeconds,
            delays[1].Longest!.Value.TotalSeconds));
    }

    private static Story Four() => new Story().Up("5000").Up("5001").Up("5002").Up("5003");

    private static BlockAccepted Accepted(TimeSpan made, string peer, double delay, string name = "a") => new(
        made + TimeSpan.FromSeconds(delay), new(peer), Story.Id(name), Hash256.Genesis, 1,
        new("5000"), made, new("5000"));
}
