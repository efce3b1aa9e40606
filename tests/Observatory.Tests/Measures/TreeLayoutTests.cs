using Blockchain.Observatory.Measures;
using Blockchain.Observatory.State;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.Measures;

public sealed class TreeLayoutTests
{
    [Fact]
    public void Layout_OfAFork_GivesTheBranchALaneOfItsOwn()
    {
        var story = new Story().Up("5000").Up("5001").Up("5002");
        Accept(story, ("a", null, 1), ("b", "a", 2), ("x", "a", 2), ("c", "b", 3), ("y", "x", 3));
        story.Tip("5000", "c", 3).Tip("5001", "c", 3).Tip("5002", "y", 3);

        var layout = TreeLayout.Of(story.Fold(), 100);

        Assert.Equal(2, layout.Lanes);
        Assert.Equal(
            ["y 1", "c 0", "x 1", "b 0", "a 0"],
            layout.Rows.Select(row => $"{Name(row)} {row.Lane}"));
        Assert.Equal(["c", "b", "a"], layout.Rows.Where(row => row.IsOnChain).Select(Name));
        var branch = layout.Rows.Single(row => Name(row) == "x");
        Assert.Equal((4, 0), (branch.ParentIndex!.Value, branch.ParentLane));
        Assert.Null(layout.Rows[^1].ParentIndex);
    }

    [Fact]
    public void Layout_OfRandomTrees_NeverPutsAParentAboveOrTwoBranchesOnOneLane()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var story = new Story().Up("5000");
            var heights = new List<int> { 0 };
            for (var i = 1; i <= 40; i++)
            {
                var parent = random.Next(Math.Max(0, i - 6), i);
                heights.Add(heights[parent] + 1);
                Accept(story, ($"b{i}", parent == 0 ? null : $"b{parent}", heights[i]));
            }

            story.Tip("5000", $"b{heights.IndexOf(heights.Max())}", heights.Max());
            var rows = TreeLayout.Of(story.Fold(), 100).Rows;

            Assert.Equal(40, rows.Count);
            foreach (var row in rows.Where(row => row.ParentIndex is not null))
            {
                Assert.True(row.ParentIndex > row.Index, $"seed {seed}: a parent is above its child");
                var crossed = rows.Where(other =>
                    other.Index > row.Index && other.Index < row.ParentIndex && other.Lane == row.Lane);
                Assert.True(!crossed.Any(), $"seed {seed}: a line goes through another block");
            }
        }
    }

    [Fact]
    public void Layout_OfMoreThanAsked_TakesTheHighest()
    {
        var story = new Story().Up("5000");
        Accept(story, ("a", null, 1), ("b", "a", 2), ("c", "b", 3));

        Assert.Equal(["c", "b"], TreeLayout.Of(story.Fold(), 2).Rows.Select(Name));
        Assert.Empty(TreeLayout.Of(NetworkState.Empty, 2).Rows);
    }

    private static void Accept(Story story, params (string Name, string? Parent, int Height)[] blocks)
    {
        foreach (var (name, parent, height) in blocks)
        {
            story.Accepted("5000", name, parent, height, "5000", "5000");
        }
    }

    private static string Name(TreeRow row) => Names[row.Block.Id];

    private static Dictionary<Hash256, string> Names { get; } =
        new[] { "a", "b", "c", "x", "y" }.ToDictionary(Story.Id);
}
