using System.Diagnostics;
using System.Globalization;
using Blockchain.Simulation;

namespace Blockchain.Benchmarks.Simulation;

/// <summary>
/// What a simulated network costs by its size: preset bitcoin-2019, blocks of 535 kB, everything on one thread. Each size
/// runs in this process after the one before; times are those of the processor, since other programs may run too, and memory is
/// what the process has more than before.
/// </summary>
internal static class SimulationTable
{
    private static readonly (int Peers, int Blocks)[] Sizes = [(1_000, 100), (10_000, 100), (100_000, 10)];

    /// <param name="arguments">Pairs "peers:blocks" in place of the sizes of the table.</param>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var sizes = arguments.Count == 0 ? Sizes : [.. arguments.Select(Parse)];
        Console.WriteLine("|   peers | blocks |     events | events/s | ns/event | B/peer |  peak MB | CPU s | wall s | p50 s | p90 s |");
        Console.WriteLine("|--------:|-------:|-----------:|---------:|---------:|-------:|---------:|------:|-------:|------:|------:|");
        foreach (var (peers, blocks) in sizes)
        {
            Measure(peers, blocks);
        }
    }

    private static (int Peers, int Blocks) Parse(string text)
    {
        var parts = text.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static void Measure(int peers, int blocks)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var run = new SimulationRun(new SimulationConfig
        {
            Network = new GeneratedNetwork { Shape = NetworkShape.Bitcoin2019, Peers = peers },
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10), BlockBytes = 535_000 },
            Stop = new StopCondition { Blocks = blocks },
        });
        var result = run.Run();
        var wall = watch.Elapsed;
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {peers,7} | {blocks,6} | {result.Events,10} | {result.Events / cpu.TotalSeconds,8:F0} "
            + $"| {cpu.TotalNanoseconds / result.Events,8:F0} | {kept / peers,6} | {process.PeakWorkingSet64 >> 20,8} "
            + $"| {cpu.TotalSeconds,5:F1} | {wall.TotalSeconds,6:F1} | {result.HalfReached.P50,5:F2} | {result.MostReached.P50,5:F2} |"));
        GC.KeepAlive(run);
    }
}
