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

    /// <summary>The asker waits for a second and two round trips, which are not known here.</summary>
    [Fact]
    public void Delay_AskedForABlock_AnswersShortlyBeforeTheAskerGivesUp()
    {
        var bench = Bench("delay");
        bench.Receive("p00", Make.Block("x"));
        bench.ReceiveGetBlock("p01", "x");
        bench.RunFor(0.85);
        Assert.Empty(bench.Sent<Block>());
        Assert.Equal(3, bench.Sent<Inv>().Count);

        bench.RunFor(0.1);
        Assert.Single(bench.Sent<Block>("p01"));
    }

    [Theory]
    [InlineData("announce")]
    [InlineData("push")]
    public void Tamperer_HandsOverBlocksOfOthersWithAnotherTime_AndItsOwnAsTheyAre(string relay)
    {
        var bench = new PeerBench(Settings with { Relay = relay }, Make.Infos(3), behaviour: "tamper").Start();
        var theirs = BlockFactory.Create(new PeerId("p00"), 5, Hash256.Genesis, []);
        bench.Receive("p00", theirs);
        bench.Receive("p01", new GetBlock(new PeerId("p01"), [theirs.Id], bench.NextId()));
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var own));
        bench.Receive("p02", new GetBlock(new PeerId("p02"), [own.Id], bench.NextId()));

        Assert.True(bench.Peer.Ledger.Chain.Contains(theirs.Id));
        Assert.All(bench.Sent<Block>().Where(sent => sent.Message.Id == theirs.Id), sent =>
        {
            Assert.False(sent.Message.HasValidId);
            Assert.Equal(6, sent.Message.Header.Timestamp);
        });
        Assert.NotEmpty(bench.Sent<Block>("p01"));
        Assert.All(bench.Sent<Block>("p02").Where(sent => sent.Message.Id == own.Id), sent =>
            Assert.True(sent.Message.HasValidId));
    }

    [Fact]
    public void Liar_AskedForPeers_NamesNobodyThatThereIsButItself()
    {
        var bench = Bench("lie").Start();
        bench.Receive("p01", new GetPeers(new PeerId("p01"), bench.NextId()));

        var named = Assert.Single(bench.Sent<PeerList>("p01")).Message.Peers;
        Assert.Equal(51, named.Count);
        var real = Assert.Single(named, info => !info.Ip.StartsWith("240.", StringComparison.Ordinal));
        Assert.Equal("self", real.Id.Value);
    }

    [Fact]
    public void Spammer_UntilToldToStop_MakesAHundredTransactionsASecond()
    {
        var bench = Bench("honest").Start();
        bench.Peer.Apply(bench.Now, new SetMalicious(true, "spam"));
        bench.RunFor(2.05);
        Assert.InRange(bench.Peer.Ledger.Pool.Count, 180, 200);

        bench.Peer.Apply(bench.Now, new SetMalicious(false));
        var before = bench.Peer.Ledger.Pool.Count;
        bench.RunFor(2);
        Assert.Equal(before, bench.Peer.Ledger.Pool.Count);
    }

    /// <summary>Paid in the first block of the others; two confirmations; then its branch of three is longer.</summary>
    [Fact]
    public void DoubleSpender_WithALongerBranchAfterTheConfirmations_ShowsItWithoutThePayment()
    {
        var bench = new PeerBench(
            Settings with { Confirmations = 2 }, Make.Infos(3), behaviour: Behaviours.DoubleSpend).Start();
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var first));
        var payment = bench.Sent<Transaction>()[0].Message;
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var second));
        var paid = BlockFactory.Create(new PeerId("p00"), 5, Hash256.Genesis, [payment]);
        bench.Receive("p00", paid);
        Assert.DoesNotContain(bench.Sent<Inv>(), sent => sent.Message.BlockIds.Contains(first.Id));

        var confirmed = BlockFactory.Create(new PeerId("p00"), 6, paid.Id, []);
        bench.Receive("p00", confirmed);
        Assert.Empty(bench.Events.Happenings.OfType<AttackEnded>());
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var third));

        var ended = Assert.Single(bench.Events.Happenings.OfType<AttackEnded>());
        Assert.True(ended.Succeeded);
        Assert.Equal(payment.Id, ended.Payment);
        Assert.Equal(3, ended.Blocks);
        Assert.Equal(
            [first.Id, second.Id, third.Id],
            bench.Sent<Inv>("p01").Select(sent => sent.Message.BlockIds.Single()).Except([paid.Id, confirmed.Id]));
        Assert.All([first, second, third], block => Assert.Empty(block.TransactionIds));
    }

    [Fact]
    public void DoubleSpender_FarBehind_GivesUpAndMinesWithTheOthers()
    {
        var bench = new PeerBench(
            Settings with { Confirmations = 2 }, Make.Infos(3), behaviour: Behaviours.DoubleSpend).Start();
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out _));
        var tip = Hash256.Genesis;
        for (var i = 0; i < 13; i++)
        {
            var block = BlockFactory.Create(new PeerId("p00"), 5 + i, tip, []);
            Assert.Empty(bench.Events.Happenings.OfType<AttackEnded>());
            bench.Receive("p00", block);
            tip = block.Id;
        }

        Assert.False(Assert.Single(bench.Events.Happenings.OfType<AttackEnded>()).Succeeded);
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out var next));
        Assert.Equal(tip, next.PreviousId);
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
