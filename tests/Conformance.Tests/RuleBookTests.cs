namespace Blockchain.Conformance.Tests;

public sealed class RuleBookTests
{
    [Fact]
    public void Rules_AreThoseOfThePage_WithoutGaps() => Assert.Equal(
        Enumerable.Range(1, 67).Select(number => $"W{number}"), RuleBook.All.Select(rule => rule.Id));
}
