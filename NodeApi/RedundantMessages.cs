namespace Blockchain.NodeApi;

/// <summary>Messages that told a node nothing new.</summary>
public sealed record RedundantMessages(long Redundancy, IReadOnlyDictionary<string, long> ByType);
