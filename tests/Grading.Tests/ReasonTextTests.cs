using Blockchain.Grading.Reports;

namespace Blockchain.Grading.Tests;

public class ReasonTextTests
{
    private const string Crash = """
        the program failed (peer 6000): it ended, exit code 1, after {"now": 17.5, "from": "7000", "message": {"type": "INV"; it said:   File "/tmp/blockchain-grading-r256nP/carla/node.py", line 146, in on_inv |     first = inv["blocks"][0] | KeyError: 'blocks'
        expect the same chain: did not hold: 6000 end in 366f2667 at height 0
        """;

    [Fact]
    public void Reason_OfAProgramThatEnded_BeginsWithWhatItSaid()
    {
        Assert.Equal(
            """
            the program failed (peer 6000): it ended, exit code 1; it said:
              File "node.py", line 146, in on_inv
                first = inv["blocks"][0]
            KeyError: 'blocks'
            it was asked: {"now": 17.5, "from": "7000", "message": {"type": "INV"
            expect the same chain: did not hold: 6000 end in 366f2667 at height 0
            """,
            ReasonText.Of(Crash));
    }

    [Fact]
    public void Kind_OfTwoRunsThatFailAlike_IsTheSame()
    {
        var other = Crash.Replace("r256nP", "Y4yzR1", StringComparison.Ordinal)
            .Replace("17.5", "18.25", StringComparison.Ordinal).Replace("7000", "7001", StringComparison.Ordinal)
            .Replace("366f2667", "54046a18", StringComparison.Ordinal);
        Assert.Equal(ReasonText.KindOf(Crash), ReasonText.KindOf(other));
    }

    [Theory]
    [InlineData("KeyError", "IndexError")]
    [InlineData("line 146", "line 147")]
    [InlineData("exit code 1", "exit code 7")]
    public void Kind_OfRunsThatFailOtherwise_IsAnother(string before, string after) => Assert.NotEqual(
        ReasonText.KindOf(Crash), ReasonText.KindOf(Crash.Replace(before, after, StringComparison.Ordinal)));
}
