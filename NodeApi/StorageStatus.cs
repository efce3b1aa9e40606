namespace Blockchain.NodeApi;

/// <summary>What of a node outlives its process.</summary>
/// <param name="File">The path of its file.</param>
/// <param name="Blocks">How many blocks, or on a light peer headers, are in it; those off the chain included.</param>
/// <param name="Problem">Why nothing can be stored now, in words for people; null: all is well.</param>
public sealed record StorageStatus(string File, long Blocks, string? Problem);
