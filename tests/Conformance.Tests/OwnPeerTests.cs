using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Tests;

/// <summary>Our own peer keeps the rules, and with a fault it breaks the one that names the fault.</summary>
public sealed class OwnPeerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OurPeer_BreaksNothing(ulong seed)
    {
        var report = ConformanceRun.InVirtualTime(() => new PeerGuest(), "our peer", rules: null, seed, Stop);
        Reasons.AssertNothingIsBroken(report);
        Assert.Equal(RuleVerdict.Held, report.VerdictOf("W66"));
        Assert.Equal(RuleVerdict.Held, report.VerdictOf("W57"));
    }

    [Fact(Explicit = true)]
    public void OurPeer_BreaksNothing_OnTwoHundredSeeds()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            Reasons.AssertNothingIsBroken(
                ConformanceRun.InVirtualTime(() => new PeerGuest(), $"seed {seed}", rules: null, seed, Stop));
        }
    }

    [Fact]
    public void TheSameSeed_GivesTheSameLines()
    {
        var one = ConformanceRun.InVirtualTime(() => new PeerGuest(), "our peer", rules: null, seed: 7, Stop);
        var other = ConformanceRun.InVirtualTime(() => new PeerGuest(), "our peer", rules: null, seed: 7, Stop);
        Assert.Equal(Reports.JsonReport.Write([one]), Reports.JsonReport.Write([other]));
    }

    [Fact]
    public void TiesByArrival_BreakForkChoiceAlone()
    {
        var report = ConformanceRun.InVirtualTime(
            () => new PeerGuest(settings => settings with { ForkChoice = "first-seen" }), "ties by arrival", null, 1,
                Stop);
        Assert.Equal(["W55"], Reasons.Broken(report));
    }

    [Fact]
    public void PongWithItsOwnTime_BreaksThatRuleAlone() => AssertBreaks("W29", (_, to, message) =>
        [(to, message is Pong pong ? pong with { Timestamp = pong.Timestamp + 1 } : message)]);

    [Fact]
    public void NoPong_BreaksThatRuleAlone_OfThoseAboutMessages() => Assert.Equal(
        ["W29"],
        Reasons.Broken(ConformanceRun.InVirtualTime(
            () => new WrongGuest((_, to, message) => message is Pong ? [] : [(to, message)]),
            "no PONG", new HashSet<string> { "W18", "W28", "W29", "W33", "W35", "W41", "W42", "W58", "W65" }, 1,
                Stop)));

    [Fact]
    public void AnswersToTheSender_BreakThatRuleAlone() => AssertBreaks("W25", (turn, to, message) =>
        [(turn is GuestHears { Message: ControlMessage { Sender: var sender } and not Relay } heard && heard.From == to
            ? sender
            : to, message)]);

    [Fact]
    public void BlocksForLightPeers_BreakThatRuleAlone()
    {
        var blocks = new Dictionary<Hash256, Block>();
        AssertBreaks("W33", (turn, to, message) =>
        {
            if (turn is GuestHears { Message: Block block })
            {
                lock (blocks)
                {
                    blocks[block.Id] = block;
                }
            }

            return turn is GuestHears { Message: GetBlock } && message is BlockHeaders headers
                ? headers.Headers.Select(header => (to, (Message)blocks[header.Id]))
                : [(to, message)];
        });
    }

    [Fact]
    public void EachTransactionTwice_BreaksThatRuleAlone() => AssertBreaks("W58", (_, to, message) =>
        message is Transaction ? [(to, message), (to, message)] : [(to, message)]);

    [Fact]
    public void QuestionsWithAnOldId_BreakThatRuleAlone() => AssertBreaks("W19", (_, to, message) =>
        [(to, message is GetBlock question ? question with { Id = new MessageId(1) } : message)]);

    [Fact]
    public void ANodeThatFails_IsBroken_WithItsReason()
    {
        var report = ConformanceRun.InVirtualTime(
            () => new Failing("it ended"), "fails", new HashSet<string> { "W29" }, 1, Stop);
        var result = Assert.Single(report.Results);
        Assert.Equal(RuleVerdict.Broken, result.Verdict);
        Assert.Contains("it ended", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ANodeThatWritesNoMessages_BreaksW10_AndLeavesTheRestOpen()
    {
        var report = ConformanceRun.InVirtualTime(
            () => new Failing("it wrote a message that is malformed (MissingField)"), "no messages",
            new HashSet<string> { "W10", "W29" }, 1, Stop);
        Assert.Equal(RuleVerdict.Broken, report.VerdictOf("W10"));
        Assert.Equal(RuleVerdict.Unknown, report.VerdictOf("W29"));
    }

    /// <summary>A chain without end, made up as it is asked for, and not to be read for ever.</summary>
    [Fact]
    public void ANodeThatAlwaysHasMoreHeaders_IsAskedSoOftenAndNotForEver()
    {
        var report = ConformanceRun.InVirtualTime(
            () => new WrongGuest((turn, to, message) =>
                [(to, turn is GuestHears { Message: GetBlockHeaders asked } && message is BlockHeaders answer
                    ? answer with { Headers = Endless(asked.Locator is [var at, ..] ? at : Hash256.Genesis) }
                    : message)]),
            "always more", new HashSet<string> { "W54" }, 1, Stop);
        Assert.Contains(
            report.Results, one => one.Reason.StartsWith("It always has more headers", StringComparison.Ordinal));
    }

    private static List<BlockHeader> Endless(Hash256 from)
    {
        const int Most = 2000;
        var random = new SeededRandom(1);
        var headers = new List<BlockHeader>();
        while (headers.Count < Most)
        {
            var id = random.NextHash();
            headers.Add(new BlockHeader(new PeerId("a"), 1, id, headers.Count == 0 ? from : headers[^1].Id));
        }

        return headers;
    }

    private static void AssertBreaks(
        string rule, Func<GuestTurn, PeerId, Message, IEnumerable<(PeerId To, Message Message)>> change)
    {
        var report = ConformanceRun.InVirtualTime(() => new WrongGuest(change), rule, rules: null, seed: 1, Stop);
        Assert.Equal([rule], Reasons.Broken(report));
    }

    private sealed class Failing(string why) : IGuest
    {
        public GuestAnswer Take(GuestTurn turn) => new() { Failure = why };
    }
}
