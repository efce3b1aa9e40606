using Blockchain.Shared;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Expectations;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;
using Blockchain.Trials.Tests.Running;

namespace Blockchain.Trials.Tests.Expectations;

/// <summary>
/// Each kind of expectation held, did not hold, and could not be told. Peer a has block 1 at height 1 and has banned c;
/// peer b is what the column says: "same" as a, "other", or "silent".
/// </summary>
public sealed class VerdictTests
{
    private static readonly TimeSpan Start = FakeHost.Began;

    public static TheoryData<string> Kinds => [.. Rows.Keys];

    private static Dictionary<string, string> Rows { get; } = new(StringComparer.Ordinal)
    {
        ["sameChain"] = """{ "sameChain": "a, b" }""",
        ["height"] = """{ "height": "a, b", "atLeast": 1, "atMost": 1 }""",
        ["everywhere"] = """{ "everywhere": "blocks", "of": "a, b" }""",
        ["banned"] = """{ "banned": "c", "by": "a, b" }""",
        ["notBanned"] = """{ "notBanned": "a", "by": "a, b" }""",
        ["knows"] = """{ "knows": "c", "of": "a, b" }""",
        ["hears"] = """{ "hears": "c", "of": "a, b" }""",
        ["seen"] = """{ "seen": "tip-changed", "with": { "height": 1 }, "of": "a, b" }""",
        ["neverSeen"] = """{ "neverSeen": "chain-reorganised", "of": "a, b" }""",
        ["metric"] = """{ "metric": "blockchain.pool.size", "atMost": 5, "of": "a, b" }""",
        ["drops"] = """{ "drops": "Loss", "atMost": 5, "of": "a, b" }""",
        ["reached"] = """{ "reached": "100%", "atMost": "3s", "of": "a, b" }""",
        ["copies"] = """{ "copies": "a, b", "atMost": 2 }""",
    };

    [Fact]
    public void Rows_AreOfEveryKind_ButAnswersWhichHasTwoVerdictsOnly() =>
        Assert.Equal(ExpectationKind.Names.Except(["answers"]).Order(), Rows.Keys.Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Expectation_BothAsWanted_Held(string kind) =>
        Assert.Equal(Verdict.Held, await JudgeAsync(Rows[kind], "same"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Expectation_OneIsDifferent_DidNotHold(string kind) =>
        Assert.Equal(Verdict.DidNotHold, await JudgeAsync(Rows[kind], "other"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Expectation_OneDoesNotAnswer_CouldNotBeTold(string kind) =>
        Assert.Equal(Verdict.CouldNotBeTold, await JudgeAsync(Rows[kind], "silent"));

    [Theory]
    [InlineData("same", Verdict.Held)]
    [InlineData("silent", Verdict.CouldNotBeTold)]
    public async Task Answers_OfPeer_IsNeverJudgedAsWrong(string b, Verdict verdict) =>
        Assert.Equal(verdict, await JudgeAsync("""{ "answers": "a, b" }""", b));

    [Fact]
    public async Task SameChain_OneDiffersAndOneIsSilent_DidNotHoldAsWhatIsKnownDecides()
    {
        var host = new FakeHost
        {
            Says = (id, _) => id.Value == "c" ? null : Reading(id, id.Value == "b" ? "other" : "same"),
        };
        var result = await FakeRun.RunAsync(host, """{ "expect": { "sameChain": "all" } }""");
        Assert.Equal(Verdict.DidNotHold, result.Verdict);
        Assert.Contains("no answer from c", result.Steps[0].Judgement.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "everywhere": "transactions" }""")]
    [InlineData("""{ "metric": "blockchain.peer.round_trip", "atMost": 5 }""")]
    [InlineData("""{ "sameChain": "light" }""")]
    public async Task Expectation_NothingToJudge_CouldNotBeTold(string expectation) =>
        Assert.Equal(Verdict.CouldNotBeTold, await JudgeAsync(expectation, "same"));

    /// <summary>Made before the scenario began, by an honest peer that is gone: it counts like any other.</summary>
    [Fact]
    public async Task Everywhere_BlockFromBeforeOfAMakerThatIsGone_Counts()
    {
        var old = new KnownBlock(FakeHost.Id(1), new PeerId("a"), Start - TimeSpan.FromMinutes(5), Start);
        var host = new FakeHost
        {
            Says = (id, _) => new PeerReading(id, 1, old.Id)
            {
                Blocks = id.Value == "b" ? new[] { old }.ToDictionary(block => block.Id) : new(),
            },
        };
        var result = await FakeRun.RunAsync(
            host, """{ "do": "kill", "peers": "a" }, { "expect": { "everywhere": "blocks", "of": "b, c" } }""");
        Assert.Equal(Verdict.DidNotHold, result.Verdict);
        Assert.StartsWith("c lacks block", result.Steps[1].Judgement.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seen_WithAnotherValue_SaysWhichItWas() => Assert.Equal(
        "b had height 2",
        (await RunAsync("""{ "seen": "tip-changed", "with": { "height": 1 }, "of": "a, b" }""", "other"))
            .Steps[0].Judgement.Detail);

    [Theory]
    [InlineData(1.9996, "it is 2", true)]
    [InlineData(2.0004, "it is 2.0004", false)]
    [InlineData(2.25, "it is 2.25", false)]
    public void Number_OutsideItsBound_DoesNotLookLikeOneInside(double number, string detail, bool isHeld)
    {
        var judgement = new Bound(null, 2).Judge(number, text => $"it is {text}");
        Assert.Equal((detail, isHeld), (judgement.Detail, judgement.Verdict == Verdict.Held));
        Assert.Equal(number, judgement.Measured);
    }

    [Fact]
    public async Task Spreads_OfThreeRuns_HaveLeastMedianAndMost()
    {
        var results = new[] { "same", "other", "same" }.Select(b => RunAsync(Rows["copies"], b));
        var text = Assert.Single(TrialText.Spreads(await Task.WhenAll(results)));
        Assert.StartsWith("least 2, median 2, most 3.333", text, StringComparison.Ordinal);
        Assert.EndsWith(" of 3: expect at most 2 copies for each useful message at a, b", text);
    }

    private static async Task<Verdict> JudgeAsync(string expectation, string b) =>
        Assert.Single((await RunAsync(expectation, b)).Steps).Judgement.Verdict;

    private static async Task<TrialResult> RunAsync(string expectation, string b)
    {
        var host = new FakeHost
        {
            Says = (id, _) => Reading(id, id.Value == "b" ? b : "same"),
        };
        foreach (var id in new[] { new PeerId("a"), new PeerId("b") })
        {
            var isOther = id.Value == "b" && b == "other";
            host.Events.Add(new TipChanged(Start, id, FakeHost.Id(1), isOther ? 2 : 1));
            if (isOther)
            {
                host.Events.Add(new ChainReorganised(Start, id, FakeHost.Id(1), FakeHost.Id(2), 1, 2));
            }
        }

        return await FakeRun.RunAsync(host, $$"""{ "expect": {{expectation}} }""");
    }

    private static PeerReading? Reading(PeerId id, string how)
    {
        if (how == "silent")
        {
            return null;
        }

        var isOther = how == "other";
        var number = (byte)(isOther ? 2 : 1);
        return new PeerReading(id, isOther ? 2 : 1, FakeHost.Id(number))
        {
            Blocks = new[] { new KnownBlock(FakeHost.Id(number), new PeerId("a"), Start, Start) }
                .ToDictionary(block => block.Id),
            Banned = isOther ? new HashSet<PeerId> { new("a") } : new HashSet<PeerId> { new("c") },
            Known = isOther
                ? new Dictionary<PeerId, bool>()
                : new Dictionary<PeerId, bool> { [new("c")] = true },
            Metrics =
            [
                new MetricSample("blockchain.pool.size", [], isOther ? 9 : 5),
                new MetricSample(Metric.Dropped, ["INV", "Loss"], isOther ? 9 : 2),
                new MetricSample(Metric.Received, ["INV"], 10),
                new MetricSample(Metric.Redundant, ["INV"], isOther ? 9 : 5),
                new MetricSample(Metric.Received, ["BLOCK"], 10),
                new MetricSample(Metric.Redundant, ["BLOCK"], isOther ? 9 : 5),
            ],
        };
    }
}
