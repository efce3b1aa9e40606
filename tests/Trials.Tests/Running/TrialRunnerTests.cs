using System.Text.Json;
using System.Xml.Linq;
using Blockchain.Shared;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Tests.Running;

public sealed class TrialRunnerTests
{
    private const string Fine = """{ "expect": { "answers": "all" } }""";

    [Fact]
    public async Task Steps_AtAndAfter_BeginThen()
    {
        var host = new FakeHost();
        var result = await FakeRun.RunAsync(
            host,
            $$"""
            { "at": "5s", "do": "kill", "peers": "a" }, { "after": "3s", "do": "start", "peers": "a" }, {{Fine}}
            """);
        Assert.Equal(["5 a kill", "8 a start []"], host.Log);
        Assert.Equal(Verdict.Held, result.Verdict);
    }

    [Fact]
    public async Task Step_Once_WaitsUntilItIsTrue()
    {
        var host = new FakeHost { Says = (id, time) => new PeerReading(id, (int)time.TotalSeconds, null) };
        await FakeRun.RunAsync(
            host,
            $$"""{ "once": { "height": "a", "atLeast": 7 }, "within": "9s", "do": "kill", "peers": "b" }, {{Fine}}""");
        Assert.Equal(["7 b kill"], host.Log);
    }

    [Fact]
    public async Task Step_OnceThatNeverComes_IsNotDone()
    {
        var host = new FakeHost();
        var result = await FakeRun.RunAsync(
            host,
            $$"""{ "once": { "height": "a", "atLeast": 7 }, "within": "9s", "do": "kill", "peers": "b" }, {{Fine}}""");
        Assert.Empty(host.Log);
        Assert.Equal((Verdict.DidNotHold, 9), (result.Steps[0].Judgement.Verdict, result.Steps[0].Took.TotalSeconds));
    }

    [Theory]
    [InlineData("5s", Verdict.Held)]
    [InlineData("3s", Verdict.DidNotHold)]
    public async Task Expectation_Within_HasSoLong(string within, Verdict verdict)
    {
        var host = new FakeHost { Says = (id, time) => new PeerReading(id, (int)time.TotalSeconds, null) };
        var result = await FakeRun.RunAsync(
            host, $$"""{ "expect": { "height": "all", "atLeast": 4 }, "within": "{{within}}" }""");
        Assert.Equal(verdict, result.Verdict);
    }

    /// <summary>Four seconds after the network is up it is so; the step that it is timed from was after two.</summary>
    [Theory]
    [InlineData("2s", Verdict.Held)]
    [InlineData("1s", Verdict.DidNotHold)]
    public async Task Expectation_TimedFromAStep_HasSoLongSinceThen(string within, Verdict verdict)
    {
        var host = new FakeHost { Says = (id, time) => new PeerReading(id, (int)time.TotalSeconds, null) };
        var result = await FakeRun.RunAsync(
            host,
            $$"""
            { "at": "2s", "do": "heal", "as": "healed" },
            { "at": "3s", "expect": { "height": "all", "atLeast": 4 }, "within": "{{within}}", "timedFrom": "healed" }
            """);
        Assert.Equal(verdict, result.Verdict);
    }

    [Fact]
    public async Task Expectation_TooLateOnABusyMachine_CouldNotBeTold()
    {
        var host = new FakeHost { Busy = _ => "somebody compiles" };
        var result = await FakeRun.RunAsync(
            host, """{ "expect": { "height": "all", "atLeast": 4 }, "within": "3s" }""");
        Assert.Equal(Verdict.CouldNotBeTold, result.Verdict);
        Assert.EndsWith("somebody compiles", result.Steps[0].Judgement.Detail, StringComparison.Ordinal);
    }

    /// <summary>A time that is compared took longer on a busy machine, also if nobody waits for anything now.</summary>
    [Theory]
    [InlineData(""" "metric": "blockchain.peer.round_trip", "atMost": 1 """, 0, Verdict.CouldNotBeTold)]
    [InlineData(""" "metric": "blockchain.peer.round_trip", "atMost": 1 """, 2, Verdict.DidNotHold)]
    [InlineData(""" "metric": "blockchain.chain.reorganisation", "atMost": 1 """, 0, Verdict.DidNotHold)]
    [InlineData(""" "metric": "blockchain.peer.round_trip", "atLeast": 9 """, 0, Verdict.DidNotHold)]
    [InlineData(""" "reached": "50%", "atMost": "1s", "since": "then" """, 2, Verdict.CouldNotBeTold)]
    [InlineData(""" "reached": "50%", "atMost": "1s", "since": "then" """, 0, Verdict.DidNotHold)]
    [InlineData(""" "reached": "100%", "of": "a, b", "atMost": "1s", "since": "then" """, 2, Verdict.DidNotHold)]
    public async Task Time_TooLongOnABusyMachine_CouldNotBeTold(string expectation, int busySince, Verdict verdict)
    {
        var made = FakeHost.Began + TimeSpan.FromSeconds(3);
        var block = new KnownBlock(FakeHost.Id(1), new PeerId("a"), made, made + TimeSpan.FromSeconds(5));
        var host = new FakeHost
        {
            Busy = since => since == TimeSpan.FromSeconds(busySince) ? "somebody compiles" : null,
            Says = (id, _) => new PeerReading(id, 0, null)
            {
                // It never came to b: nobody is excused of that.
                Blocks = (id.Value == "b" ? [] : new[] { block }).ToDictionary(one => one.Id),
                Metrics =
                [
                    new MetricSample(Metric.RoundTrip, [], 5), new MetricSample(Metric.Reorganisation, [], 5),
                ],
            },
        };
        var result = await FakeRun.RunAsync(host, $$"""
            { "at": "2s", "do": "heal", "as": "then" }, { "after": "9s", "expect": { {{expectation}} } }
            """);
        Assert.Equal(verdict, result.Verdict);
    }

    [Fact]
    public async Task Expectation_SinceAStep_CountsWhatCameAfterIt()
    {
        var host = new FakeHost
        {
            Says = (id, time) => new PeerReading(id, 0, null)
            {
                Metrics = [new MetricSample(Metric.Dropped, ["INV", "Loss"], time.TotalSeconds)],
            },
        };
        var result = await FakeRun.RunAsync(host, """
            { "at": "10s", "do": "heal", "as": "then" },
            { "after": "2s", "expect": { "drops": "Loss", "of": "a", "atLeast": 2, "atMost": 2, "since": "then" } },
            { "expect": { "drops": "Loss", "of": "a", "atLeast": 12, "atMost": 12 } }
            """);
        Assert.Equal(Verdict.Held, result.Verdict);
    }

    [Fact]
    public async Task Act_Refused_CouldNotBeToldAndSaysWhoAndWhy()
    {
        var host = new FakeHost { Refuses = "a" };
        var result = await FakeRun.RunAsync(host, $$"""{ "do": "mine", "peers": "all" }, {{Fine}}""");
        Assert.Equal(Verdict.CouldNotBeTold, result.Verdict);
        Assert.Contains("a: it does not want to", result.Steps[0].Judgement.Detail, StringComparison.Ordinal);
        Assert.NotNull(result.Failure);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Run_StopsAtFailure_EndsThere(bool stops, int steps)
    {
        var result = await FakeRun.RunAsync(
            new FakeHost(), $$"""{ "expect": { "height": "all", "atLeast": 4 } }, {{Fine}}""", stops);
        Assert.Equal((Verdict.DidNotHold, steps), (result.Verdict, result.Steps.Count));
    }

    [Fact]
    public async Task Run_Cancelled_HasTheStepsUpToThenAndCouldNotBeTold()
    {
        using var stop = new CancellationTokenSource();
        var host = new FakeHost();
        host.Schedule(TimeSpan.FromSeconds(5), stop.CancelAsync);
        var result = await FakeRun.RunAsync(
            host, $$"""{{Fine}}, { "after": "9s", "do": "heal" }""", stop: stop);
        Assert.Equal((Verdict.CouldNotBeTold, 1), (result.Verdict, result.Steps.Count));
    }

    [Fact]
    public async Task Run_SinceAStepThatDidNotHold_CouldNotBeTold()
    {
        var result = await FakeRun.RunAsync(new FakeHost(), """
            { "expect": { "height": "all", "atLeast": 99 }, "as": "then" },
            { "expect": { "reached": "50%", "atMost": "1s", "since": "then" } }
            """);
        Assert.Equal(
            [Verdict.DidNotHold, Verdict.CouldNotBeTold], result.Steps.Select(step => step.Judgement.Verdict));
    }

    [Fact]
    public async Task Run_BrokenInvariant_DidNotHold()
    {
        var host = new FakeHost();
        host.Schedule(TimeSpan.FromSeconds(5), () => throw new BrokenInvariantException("nat", "NAT leaks", null!));
        var result = await FakeRun.RunAsync(host, $$"""{{Fine}}, { "after": "9s", "do": "heal" }""");
        Assert.Equal((Verdict.DidNotHold, "NAT leaks"), (result.Verdict, result.Broken));
    }

    [Fact]
    public async Task Reports_OfTheThreeVerdicts_AreReadByOtherReaders()
    {
        var host = new FakeHost { Says = (id, _) => id.Value == "c" ? null : new PeerReading(id, 1, null) };
        var result = await FakeRun.RunAsync(host, """
            { "expect": { "height": "a", "atLeast": 1 } }, { "expect": { "height": "a", "atLeast": 2 } },
            { "expect": { "answers": "c" } }
            """);

        var suite = XDocument.Parse(JUnitReport.Write([result])).Root!.Element("testsuite")!;
        Assert.Equal(
            ("3", "1", "1"),
            (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
        Assert.Equal(
            ["", "failure", "error"],
            suite.Elements("testcase").Select(one => one.Elements().SingleOrDefault()?.Name.LocalName ?? ""));

        var json = JsonElement.Parse(JsonReport.Write([result]))[0];
        Assert.Equal("did not hold", json.GetProperty("verdict").GetString());
        Assert.Equal(
            ["held", "did not hold", "could not be told"],
            json.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("verdict").GetString()));
    }
}
