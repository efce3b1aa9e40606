namespace Blockchain.Lab.Network;

/// <summary>Messages that told a node nothing new, as <c>/redundancy</c> tells them.</summary>
public sealed record RedundantMessages(long Redundancy, IReadOnlyDictionary<string, long> ByType);
