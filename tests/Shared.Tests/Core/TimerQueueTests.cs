using CsCheck;

namespace Blockchain.Shared.Tests.Core;

public class TimerQueueTests
{
    [Fact]
    public void NextDue_NothingPlanned_IsNever() => Assert.Equal(TimeSpan.MaxValue, new TimerQueue().NextDue);

    [Fact]
    public void RunDue_RandomSchedules_RunsAsAStableSortWould() =>
        Gen.Int[0, 20].Array[0, 50].Select(Gen.Int[0, 25].Array[1, 10]).Sample((dues, moments) =>
        {
            var queue = new TimerQueue();
            var ran = new List<int>();
            for (var i = 0; i < dues.Length; i++)
            {
                var index = i;
                queue.Schedule(TimeSpan.FromSeconds(dues[i]), _ => ran.Add(index));
            }

            var last = moments.Max();
            foreach (var moment in moments.Order())
            {
                queue.RunDue(TimeSpan.FromSeconds(moment));
                Assert.Equal(Sorted(dues, moment), ran);
            }

            var rest = dues.Where(due => due > last).DefaultIfEmpty(int.MaxValue).Min();
            Assert.Equal(rest == int.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromSeconds(rest), queue.NextDue);
        });

    [Fact]
    public void RunDue_ActionPlansAnotherOneForNow_RunsItToo()
    {
        var queue = new TimerQueue();
        var ran = new List<(string, TimeSpan)>();
        queue.Schedule(TimeSpan.Zero, now =>
        {
            ran.Add(("first", now));
            queue.Schedule(now, later => ran.Add(("second", later)));
            queue.Schedule(now + TimeSpan.FromTicks(1), later => ran.Add(("third", later)));
        });

        queue.RunDue(TimeSpan.FromSeconds(1));

        // Actions are told the time that it is, not the time for which they were planned.
        Assert.Equal(
            [("first", TimeSpan.FromSeconds(1)), ("second", TimeSpan.FromSeconds(1))], ran);
        Assert.Equal(TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1), queue.NextDue);
    }

    private static IEnumerable<int> Sorted(int[] dues, int until) =>
        Enumerable.Range(0, dues.Length).Where(i => dues[i] <= until).OrderBy(i => dues[i]);
}
