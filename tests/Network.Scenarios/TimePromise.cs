using Blockchain.Launching.Machine;
using Blockchain.Trials;
using System.Globalization;

namespace Blockchain.Network.Scenarios;

/// <summary>A promise about time, which only a machine that has time for the network can break.</summary>
public static class TimePromise
{
    public static Verdict Judge(TimeSpan took, TimeSpan within, MachineReading machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (took <= within)
        {
            return Verdict.Held;
        }

        return machine.IsAble ? Verdict.DidNotHold : Verdict.CouldNotBeTold;
    }

    /// <summary>
    /// Fails the test if the promise did not hold, and skips it if that cannot be told. What is to come about at all is
    /// for
    /// the caller to see to before that.
    /// </summary>
    /// <param name="what">"what came about", as in "what came about after 1.2 s".</param>
    /// <param name="machine">While it came about.</param>
    public static void Check(string what, TimeSpan took, TimeSpan within, MachineReading machine)
    {
        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{what} after {took.TotalSeconds:0.00} s (promised: {within.TotalSeconds:0.0} s; "
                + $"{machine}{LoadAverage()})");
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        switch (Judge(took, within, machine))
        {
            case Verdict.DidNotHold:
                Assert.Fail(measured);
                break;
            case Verdict.CouldNotBeTold:
                Assert.Skip($"Not judged, since the machine was too busy: {measured}");
                break;
        }
    }

    private static string LoadAverage()
    {
        const string File = "/proc/loadavg";
        return System.IO.File.Exists(File)
            ? $", load average now {System.IO.File.ReadAllText(File).Split(' ')[0]}" : "";
    }
}
