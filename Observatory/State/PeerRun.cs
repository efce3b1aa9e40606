namespace Blockchain.Observatory.State;

/// <summary>A time in which a peer was running, as far as anybody has heard.</summary>
/// <param name="To">Null while it does.</param>
public readonly record struct PeerRun(TimeSpan From, TimeSpan? To)
{
    public bool Contains(TimeSpan time) => From <= time && !(To <= time);
}
