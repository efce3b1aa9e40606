using Blockchain.Launching.Machine;
using Blockchain.Network.Scenarios;
using Blockchain.Trials;
using Xunit.Sdk;

namespace Blockchain.Network.Tests.Waiting;

/// <summary>Which promises about time are judged, and which machine is to blame.</summary>
public sealed class TimePromiseTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private static MachineReading Free { get; } = new([Sample(work: 8, late: 1), Sample(work: 9, late: 12)]);

    private static MachineReading Busy { get; } = new([Sample(work: 8, late: 1), Sample(work: 40, late: 1)]);

    [Theory]
    [InlineData(9.9, false, Verdict.Held)]
    [InlineData(9.9, true, Verdict.Held)]
    [InlineData(10.1, false, Verdict.DidNotHold)]
    [InlineData(10.1, true, Verdict.CouldNotBeTold)]
    public void Judge_TimeAndMachine_OnlyAMachineThatIsFreeMakesLateAFailure(
        double seconds, bool busy, Verdict expected) =>
        Assert.Equal(expected, TimePromise.Judge(TimeSpan.FromSeconds(seconds), Promised, busy ? Busy : Free));

    [Fact]
    public void Check_LateOnABusyMachine_SkipsAndSaysWhy()
    {
        // Assert.Throws would skip this test.
        SkipException? skip = null;
        try
        {
            TimePromise.Check("done", 2 * Promised, Promised, Busy);
        }
        catch (SkipException thrown)
        {
            skip = thrown;
        }

        Assert.Contains(
            "done after 20.00 s (promised: 10.0 s; work took 3.00 times", skip?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LateOnAFreeMachine_Fails() =>
        Assert.Throws<FailException>(() => TimePromise.Check("done", 2 * Promised, Promised, Free));

    [Fact]
    public void Reading_OfSamples_IsTheMeanSlowdownAndTheLatestTimer()
    {
        Assert.Equal((1.0625, 12.0), (Free.Slowdown, Free.Latest.TotalMilliseconds));
        Assert.True(Free.IsAble);
        Assert.Equal(3, Busy.Slowdown);
        Assert.False(Busy.IsAble);
    }

    [Fact]
    public void Reading_TimersVeryLate_IsNotAbleThoughWorkIsQuick() =>
        Assert.False(new MachineReading([Sample(work: 8, late: 1), Sample(work: 8, late: 2_300)]).IsAble);

    [Theory]
    [InlineData(0.1, 0.4, true)]
    [InlineData(0.1, 0.2, false)]
    public void Reading_ProcessorsHardlyIdle_IsNotAbleThoughWorkIsQuick(double first, double second, bool isAble) =>
        Assert.Equal(isAble, new MachineReading([Sample(8, 1, first), Sample(8, 1, second)]).IsAble);

    [Fact]
    public void ProcessorTimes_OfTwoLines_TellTheIdleShareBetweenThem()
    {
        var then = ProcessorTimes.Parse("cpu  100 0 50 800 50 0 0 0 0 0");
        var now = ProcessorTimes.Parse("cpu  130 0 60 840 60 5 5 100 70 0");
        Assert.Equal(new ProcessorTimes(900, 1200), now);
        Assert.Equal(0.25, now.IdleSince(then));
        Assert.Null(now.IdleSince(now));
    }

    [Fact]
    public void Reading_OfNothing_IsNotAble() => Assert.False(new MachineReading([]).IsAble);

    [Theory]
    [InlineData(8, 0, 1)]
    [InlineData(7.9, 0, 1)]
    [InlineData(24, 0, 1.0 / 3)]
    [InlineData(8, 24, 0.25)]
    public void Speed_OfASample_IsLessForSlowWorkAndForLateWork(double work, double late, double expected) =>
        Assert.Equal(expected, Sample(work, late).Speed, precision: 9);

    [Fact]
    public async Task Probe_MoreThreadsThanCores_FindsTheMachineBusy()
    {
        using var probe = new MachineProbe();
        using var stop = new CancellationTokenSource();
        var threads = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => new Thread(Spin)).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        try
        {
            await Eventually.HoldsAsync(
                "the probe sees it",
                () => Task.FromResult(
                    probe.Read(TimeSpan.Zero) is { Samples: > 3, Slowdown: > MachineReading.MostSlowdown }),
                TimeSpan.FromMinutes(1),
                () => Task.FromResult($"{probe.Read(TimeSpan.Zero)}"));
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var thread in threads)
            {
                thread.Join();
            }
        }

        void Spin()
        {
            while (!stop.IsCancellationRequested)
            {
                Thread.SpinWait(1_000);
            }
        }
    }

    /// <summary>Of work that takes 8 ms on a core of its own.</summary>
    private static MachineSample Sample(double work, double late, double? idle = null) => new(
        TimeSpan.Zero,
        TimeSpan.FromMilliseconds(late),
        TimeSpan.FromMilliseconds(work),
        TimeSpan.FromMilliseconds(8),
        idle);
}
