namespace Blockchain.Trials.Running;

/// <summary>A host has seen that something is wrong that must never be.</summary>
public sealed class BrokenInvariantException(string message, Exception inner) : Exception(message, inner);
