using Blockchain.Launching.Machine;
namespace Blockchain.Network.Scenarios;

/// <summary>Waiting for a condition, in place of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Fails the test if the condition does not hold and nothing changes any more, or at the limit.
    /// </summary>
    /// <param name="sight">What can be seen of the way to it: while it changes, there is progress.</param>
    /// <param name="describe">More for the message; null: what was seen last.</param>
    /// <param name="patience">Null: <see cref="Patience.Generous"/>.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> HoldsAsync(
        string what,
        Func<Task<bool>> condition,
        Func<Task<string>> sight,
        Func<Task<string>>? describe = null,
        Patience? patience = null)
    {
        ArgumentNullException.ThrowIfNull(sight);
        var (time, reason) = await WaitAsync(condition, sight, patience ?? Patience.Generous);
        if (reason is not null)
        {
            Assert.Fail($"Not so, {reason}: {what}\n{await (describe ?? sight)()}");
        }

        return time;
    }

    /// <summary>As
    /// <see cref="HoldsAsync(string, Func{Task{bool}}, Func{Task{string}}, Func{Task{string}}?, Patience?)"/>,
    /// but null where that would fail.</summary>
    public static async Task<TimeSpan?> TryAsync(
        Func<Task<bool>> condition, Func<Task<string>> sight, Patience? patience = null)
    {
        var (time, reason) = await WaitAsync(condition, sight, patience ?? Patience.Generous);
        return reason is null ? time : null;
    }

    /// <summary>
    /// For what shows nothing on the way: fails the test if it does not hold within a time that the machine had for us.
    /// </summary>
    public static Task<TimeSpan> HoldsAsync(
        string what, Func<Task<bool>> condition, TimeSpan within, Func<Task<string>> describe) =>
        HoldsAsync(what, condition, () => Task.FromResult(""), describe, new Patience(within, Patience.LongestWait));

    private static async Task<(TimeSpan Time, string? GaveUp)> WaitAsync(
        Func<Task<bool>> condition, Func<Task<string>> sight, Patience patience)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(sight);
        using var machine = new MachineProbe();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (patience.GiveUp(machine.Now, machine.Given, await sight()) is { } reason)
            {
                return (machine.Now, reason);
            }

            await timer.WaitForNextTickAsync();
        }

        return (machine.Now, null);
    }
}
