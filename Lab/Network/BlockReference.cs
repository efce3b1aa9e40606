namespace Blockchain.Lab.Network;

/// <summary>What blocks and headers at <c>/blocks</c> have in common.</summary>
public sealed record BlockReference(string BlockId, string PreviousBlockId, string Sender, double Timestamp);
