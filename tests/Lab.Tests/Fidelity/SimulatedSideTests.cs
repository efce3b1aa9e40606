using Blockchain.Experiments.Fidelity;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests.Fidelity;

public sealed class SimulatedSideTests
{
    [Fact]
    public void Measure_ShortRun_CountsOnlyTheMeasuredTime()
    {
        var whole = Measure(TimeSpan.FromMinutes(4));
        var half = Measure(TimeSpan.FromMinutes(2));
        Assert.InRange(whole.Blocks.Count, half.Blocks.Count + 1, 3 * half.Blocks.Count);
        Assert.InRange(whole.Counts.Dropped["Loss"], half.Counts.Dropped["Loss"] + 1, 3 * half.Counts.Dropped["Loss"]);
        Assert.InRange(whole.Counts.CopiesPerUseful, 1, 3);
        Assert.InRange(whole.Blocks.Half, 0.02, 5);
        Assert.True(whole.Blocks.Most >= whole.Blocks.Half);
    }

    [Fact]
    public void Measure_SameSeed_IsTheSame()
    {
        var (one, other) = (Measure(TimeSpan.FromMinutes(1)), Measure(TimeSpan.FromMinutes(1)));
        Assert.Equal(one.Blocks, other.Blocks);
        Assert.Equal(one.Counts.Dropped, other.Counts.Dropped);
    }

    private static NetworkFigures Measure(TimeSpan time) => SimulatedSide.Measure(
        new NetworkPlan(Enumerable.Range(1, 5).Select(i => new PeerPlan
        {
            Info = new PeerInfo(new($"{i}"), $"127.28.0.{i}", 5000 + i, Nat: false, Light: i == 5, PeerInfo.NoNetwork),
        })),
        new Schedule(time),
        seed: 3);
}
