using Blockchain.Conformance.Rules;

namespace Blockchain.Conformance;

/// <summary>One rule of the wire.</summary>
/// <param name="Id">Its number, such as "W26".</param>
/// <param name="Sentence">What it says, as <c>docs/wire.md</c> has it.</param>
public sealed record Rule(string Id, string Sentence)
{
    /// <summary>What is tried with a node; none: see <see cref="WhyNot"/>.</summary>
    public IReadOnlyList<RuleTest> Tests { get; init; } = [];

    /// <summary>Why nothing of it can be seen from outside; null: it has tests.</summary>
    public string? WhyNot { get; init; }
}
