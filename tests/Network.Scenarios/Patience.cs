using Blockchain.Launching.Machine;
namespace Blockchain.Network.Scenarios;

/// <summary>
/// When to give up on what has no deadline of its own: when nothing that is seen has changed for a while, and at a
/// generous
/// limit. The while is counted in time that the machine had for us, see <see cref="MachineProbe.Given"/>: on a busy one
/// nothing may change for minutes, and yet all is well.
/// </summary>
/// <param name="quiet">How long nothing may change.</param>
/// <param name="limit">How long it may take at all, by the clock.</param>
public sealed class Patience(TimeSpan quiet, TimeSpan limit)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private string? _seen;
    private TimeSpan _since;

    /// <summary>Nine rounds in which the peers ask each other for what they missed.</summary>
    public static Patience Generous => new(TimeSpan.FromSeconds(90), LongestWait);

    /// <summary>Takes note of one look.</summary>
    /// <param name="elapsed">Since the waiting began.</param>
    /// <param name="given">How much of that the machine had for us.</param>
    /// <param name="sight">All that counts as progress when it changes.</param>
    /// <returns>Why to give up; null: go on.</returns>
    public string? GiveUp(TimeSpan elapsed, TimeSpan given, string sight)
    {
        if (sight != _seen)
        {
            (_seen, _since) = (sight, given);
        }

        if (given - _since >= quiet)
        {
            return $"nothing has changed for {(given - _since).TotalSeconds:0} s";
        }

        return elapsed >= limit ? $"not within {limit.TotalMinutes:0} min" : null;
    }
}
