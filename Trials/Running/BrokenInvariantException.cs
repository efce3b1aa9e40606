namespace Blockchain.Trials.Running;

/// <summary>A host has seen that something is wrong that must never be.</summary>
/// <param name="name">By which the same mistake is known again, whatever the peers and times are.</param>
public sealed class BrokenInvariantException(string name, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public string Name { get; } = name;
}
