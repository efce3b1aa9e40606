namespace Blockchain.Launching;

/// <summary>
/// How long a service that died waits for its next start: twice as long each time, so that one which cannot run costs
/// little. One that has run well begins anew.
/// </summary>
internal sealed class RestartPause
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A service that lived so long has run well.</summary>
    public static readonly TimeSpan Well = TimeSpan.FromMinutes(1);

    private TimeSpan _next = Shortest;

    /// <param name="ranFor">How long it lived this time.</param>
    public TimeSpan After(TimeSpan ranFor)
    {
        var pause = ranFor >= Well ? Shortest : _next;
        _next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }
}
