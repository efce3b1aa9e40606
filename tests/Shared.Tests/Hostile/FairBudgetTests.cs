using CsCheck;

namespace Blockchain.Shared.Tests.Hostile;

public class FairBudgetTests
{
    [Fact]
    public void Largest_OfWhatIsExceeded_IsWhoHasMostOfIt()
    {
        var budget = new FairBudget<string>(3, 100);
        budget.Take("heavy", 90);
        budget.Take("many", 5);
        Assert.False(budget.IsExceeded);
        budget.Take("many", 10);
        Assert.True(budget.IsExceeded);
        Assert.Equal("heavy", budget.Largest());
        budget.GiveBack("heavy", 90);
        budget.Take("many", 1);
        budget.Take("heavy", 1);
        Assert.True(budget.IsExceeded);
        Assert.Equal("many", budget.Largest());
    }

    [Fact]
    public void MakingRoomAtTheCostOfTheLargest_GivesEachAnEqualShareInTheEnd()
    {
        var budget = new FairBudget<int>(1_000, long.MaxValue);
        var held = new int[11];
        for (var source = 0; source < 11; source++)
        {
            for (var i = 0; i < (source == 10 ? 50 : 5_000); i++)
            {
                budget.Take(source, 1);
                held[source]++;
                if (budget.IsExceeded)
                {
                    var largest = budget.Largest();
                    budget.GiveBack(largest, 1);
                    held[largest]--;
                }
            }
        }

        Assert.Equal(50, held[10]);
        Assert.All(held[..10], share => Assert.InRange(share, 94, 96));
    }

    [Fact]
    public void AnyHistory_IsTheSumOfWhatIsHeld() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], Gen.Bool).Array[0, 60].Sample(steps =>
        {
            var budget = new FairBudget<int>(20, 300);
            var held = new List<(int Source, long Size)>();
            foreach (var (source, size, takes) in steps)
            {
                if (takes)
                {
                    budget.Take(source, size);
                    held.Add((source, size));
                }
                else if (held.FindIndex(one => one.Source == source) is >= 0 and var at)
                {
                    budget.GiveBack(source, held[at].Size);
                    held.RemoveAt(at);
                }

                var bytes = held.Sum(one => one.Size);
                Assert.Equal((held.Count, bytes), (budget.Count, budget.Bytes));
                Assert.Equal(held.Count > 20 || bytes > 300, budget.IsExceeded);
            }
        });
}
