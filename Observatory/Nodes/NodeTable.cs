namespace Blockchain.Observatory.Nodes;

/// <summary>What a node says of itself, made ready to be looked at.</summary>
/// <param name="Note">How much there is in all, or that there is nothing.</param>
public sealed record NodeTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Note);
