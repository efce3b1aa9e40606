namespace Blockchain.Observatory.Acting;

/// <summary>What came of telling peers something.</summary>
/// <param name="Text">What was done, as it is marked on the time lines.</param>
/// <param name="Done">How many peers did it.</param>
/// <param name="Problems">Why the others did not, one line each.</param>
public sealed record ActResult(string Text, int Done, IReadOnlyList<string> Problems);
