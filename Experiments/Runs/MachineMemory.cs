using System.Globalization;
using Blockchain.Simulation;
using Blockchain.Simulation.Networks;

namespace Blockchain.Experiments.Runs;

/// <summary>What this machine has room for.</summary>
internal static class MachineMemory
{
    private const double Gigabyte = 1e9;

    /// <summary>Why runs are not begun that could not end; null: there is room.</summary>
    /// <param name="runsAtATime">Of this configuration.</param>
    public static string? Problem(SimulationConfig config, int runsAtATime = 1) =>
        Problem(config, runsAtATime, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <param name="available">Bytes.</param>
    internal static string? Problem(SimulationConfig config, int runsAtATime, long available)
    {
        var needed = runsAtATime * MemoryEstimate.Of(config);
        return needed <= available
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"This takes about {needed / Gigabyte:0} GB of memory, and this machine has "
                + $"{available / Gigabyte:0} GB; choose fewer peers, links or blocks")
                + (runsAtATime > 1 ? ", or fewer runs at a time." : ".");
    }
}
