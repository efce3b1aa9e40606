using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Making;

/// <summary>What each behaviour makes, shows and answers, beside what an honest peer does.</summary>
public class BehaviourTests
{
    private static readonly PeerSettings Settings = Make.Quiet with { Fanout = 9 };

    public static TheoryData<string> Rules => [.. Shared.RelayRules.All.Names];

    [Theory]
    [InlineData("honest", true)]
    [InlineData("withhold", true)]
    [InlineData("lazy", true)]
    [InlineData("false-ids", false)]
    public void OwnBlock_HasTheRightIdUnlessIdsAreFalse_AndIsAnnounced(string behaviour, bool isRight)
    {
        var bench = Bench(behaviour);
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var block));
        Assert.Equal(isRight, block.HasValidId);
        Assert.Equal(isRight ? 1 : 0, bench.Peer.Ledger.Chain.Height);
        Assert.Equal(4, bench.Sent<Inv>().Count(sent => sent.Message.BlockIds.Single() == block.Id));
    }

    [Theory]
    [InlineData("honest", true, true)]
    [InlineData("false-ids", true, true)]
    [InlineData("withhold", true, false)]
    [InlineData("lazy", false, true)]
    public void BlockOfOthers_IsAnnouncedAndHandedOver(string behaviour, bool isAnnounced, bool isHandedOver)
    {
        var bench = Bench(behaviour);
        bench.Receive("p00", Make.Block("x"));
        bench.ReceiveGetBlock("p01", "x");
        bench.ReceiveGetBlock("light", "x");
        bench.Receive("p01", new GetBlockHeaders(new PeerId("p01"), [], bench.NextId()));

        Assert.Single(bench.Events.AcceptedBlocks);
        Assert.Equal(isAnnounced ? 3 : 0, bench.Sent<Inv>().Count);
        Assert.Equal(isHandedOver ? 1 : 0, bench.Sent<Block>("p01").Count);
        Assert.Equal(isHandedOver ? 1 : 0, bench.Sent<BlockHeaders>("light").Count);
        Assert.Equal(isHandedOver ? 1 : 0, bench.Sent<BlockHeaders>("p01").Count);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Withholder_ByEveryRule_AnnouncesAndGivesNoBlockAway(string relay)
    {
        var bench = new PeerBench(Settings with { Relay = relay }, Make.Infos(9), behaviour: "withhold");
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var own));
        bench.ReceiveGetBlock("p01", "later");
        bench.Receive("p01", new GetBlock(new PeerId("p01"), [own.Id], bench.NextId()));
        bench.Receive("p00", Make.Block("later"));
        bench.RunFor(60);

        Assert.Empty(bench.Sent<Block>());
        Assert.Empty(bench.Sent<BlockHeaders>());
        Assert.Equal(9, bench.Sent<Inv>().Count(sent => sent.Message.BlockIds.Single() == own.Id));
        Assert.Equal(8, bench.Sent<Inv>().Count(sent => sent.Message.BlockIds.Single() != own.Id));
    }

    [Fact]
    public void Withholder_AskedForHeaders_StillLearnsFromTheQuestion()
    {
        var bench = Bench("withhold");
        bench.Receive("p01", new GetBlockHeaders(new PeerId("p01"), [Make.Hash("x")], bench.NextId()));
        Assert.Equal(Make.Hash("x"), Assert.Single(bench.Sent<GetBlock>("p01")).Message.BlockIds.Single());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Lazy_ByEveryRule_PassesOnNothingThatOthersMade(string relay)
    {
        var bench = new PeerBench(Settings with { Relay = relay }, Make.Infos(4), behaviour: "lazy");
        bench.Receive("p00", Make.Block("x"));
        bench.Receive("p00", Make.Transaction("tx"));
        bench.Receive("p00", Relayed(bench));
        bench.RunFor(60);

        Assert.Empty(bench.Events.Sents);
        Assert.Single(bench.Events.AcceptedBlocks);
        Assert.Single(bench.Events.AcceptedTransactions);
    }

    [Fact]
    public void Honest_PassesOnWhatALazyOneDoesNot()
    {
        var bench = Bench("honest");
        bench.Receive("p00", Make.Transaction("tx"));
        bench.Receive("p00", Relayed(bench));
        Assert.NotEmpty(bench.Sent<Transaction>());
        Assert.Single(bench.Sent<Relay>("p01"));
    }

    [Fact]
    public void Lazy_MakesAndShowsItsOwnTransactions()
    {
        var bench = Bench("lazy");
        Assert.True(bench.Peer.TryMakeTransaction(bench.Now, new PeerId("p01"), 1, out _));
        Assert.Equal(3, bench.Sent<Transaction>().Count);
    }

    /// <summary>After an exchange of headers, too, it names only its own blocks.</summary>
    [Theory]
    [InlineData("honest", 1)]
    [InlineData("lazy", 0)]
    public void StaleBlockOfOthers_IsNamedAfterAnExchangeOfHeaders(string behaviour, int told)
    {
        var bench = Bench(behaviour);
        foreach (var block in (Block[])[Make.Block("a"), Make.Block("rival"), Make.Block(
            "b", "a"), Make.Block("c", "b")])
        {
            bench.Receive("p00", block);
        }

        bench.RunFor(60);
        var before = bench.Sent<Inv>("p01").Count;
        bench.ReceiveHeaders("p01");
        Assert.Equal(told, bench.Sent<Inv>("p01").Count - before);
    }

    [Theory]
    [InlineData("honest", false)]
    [InlineData("withhold", false)]
    [InlineData("lazy", false)]
    [InlineData("false-ids", true)]
    public void Switch_ToMaliciousAndBack_MakesFalseIdsAndThenIsHonest(string behaviour, bool isMalicious)
    {
        var bench = Bench(behaviour);
        Assert.Equal(isMalicious, bench.Peer.IsMalicious);

        bench.Peer.Apply(bench.Now, new SetMalicious(true));
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var forged));
        Assert.False(forged.HasValidId);

        bench.Peer.Apply(bench.Now, new SetMalicious(false));
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var block));
        Assert.True(block.HasValidId);
        bench.Receive("p01", new GetBlock(new PeerId("p01"), [block.Id], bench.NextId()));
        Assert.Single(bench.Sent<Block>("p01"));
        bench.Receive("p00", Make.Block("x"));
        Assert.Contains(bench.Sent<Inv>(), sent => sent.Message.BlockIds.Single() == Make.Hash("x"));
    }

    /// <summary>A peer that was told so behaves as one whose plan says it.</summary>
    [Theory]
    [InlineData("withhold", 3, 0)]
    [InlineData("lazy", 0, 1)]
    [InlineData("sybil", 3, 0)]
    [InlineData("false-ids", 3, 1)]
    public void Switch_ToABehaviourByName_AndBack(string behaviour, int announced, int handedOver)
    {
        var bench = Bench("honest");

        Assert.Null(bench.Peer.Apply(bench.Now, new SetMalicious(true, behaviour)).Refusal);
        bench.Receive("p00", Make.Block("x"));
        bench.ReceiveGetBlock("p01", "x");

        Assert.Equal(behaviour, bench.Peer.Behaviour);
        Assert.Equal(behaviour == "false-ids", bench.Peer.IsMalicious);
        Assert.Equal(announced, bench.Sent<Inv>().Count);
        Assert.Equal(handedOver, bench.Sent<Block>("p01").Count);

        Assert.Null(bench.Peer.Apply(bench.Now, new SetMalicious(false)).Refusal);
        Assert.Equal("honest", bench.Peer.Behaviour);
        bench.ReceiveGetBlock("p02", "x");
        Assert.Single(bench.Sent<Block>("p02"));
    }

    [Fact]
    public void Switch_ToABehaviourThatDoesNotExist_IsRefusedAndChangesNothing()
    {
        var bench = Bench("lazy");

        var result = bench.Peer.Apply(bench.Now, new SetMalicious(true, "angry"));

        Assert.Contains("there is no behaviour \"angry\"", result.Refusal, StringComparison.Ordinal);
        Assert.Equal("lazy", bench.Peer.Behaviour);
    }

    [Fact]
    public void Behaviour_ThatDoesNotExist_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Bench("angry"));
        Assert.Contains(string.Join(", ", Behaviours.All.Names), error.Message, StringComparison.Ordinal);
    }

    private static Relay Relayed(PeerBench bench) => new(
        new PeerId("p00"), new PeerId("p01"), new Ping(new PeerId("p00"), 0, bench.NextId()), bench.NextId(), default);

    private static PeerBench Bench(string behaviour) =>
        new(Settings, [.. Make.Infos(3), Make.Info("light", light: true)], behaviour: behaviour);
}
