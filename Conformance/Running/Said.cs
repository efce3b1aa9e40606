namespace Blockchain.Conformance.Running;

/// <summary>The node has said something.</summary>
/// <param name="Text">Its line, without the end.</param>
internal sealed record Said(TimeSpan At, Neighbour To, string Text);
