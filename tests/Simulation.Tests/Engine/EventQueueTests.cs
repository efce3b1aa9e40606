using Blockchain.Shared;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Tests.Engine;

public class EventQueueTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Take_RandomAdditionsBetween_IsInTheOrderOfTimeAndSequence(ulong seed)
    {
        var random = new SeededRandom(seed);
        var queue = new EventQueue();
        var model = new SortedSet<(long Time, int Number)>();
        long now = 0;
        for (var number = 0; number < 5_000 || model.Count > 0;)
        {
            if (number < 5_000 && random.Chance(0.55))
            {
                // From this very moment, over the ring, to far beyond it.
                var delay = random.Next(4) == 0 ? 0 : (long)random.Next(1 << (8 + random.Next(22)));
                queue.Add(now + delay, SimulationEvent.Wake(number, 0));
                model.Add((now + delay, number++));
            }
            else if (model.Count > 0)
            {
                Assert.Equal(model.Min.Time, queue.NextTime);
                Assert.Equal(model.Min, (queue.Take(out now) is var taken ? now : 0, taken.Number));
                model.Remove(model.Min);
            }

            Assert.Equal(model.Count, queue.Count);
        }

        Assert.Equal(long.MaxValue, queue.NextTime);
    }
}
