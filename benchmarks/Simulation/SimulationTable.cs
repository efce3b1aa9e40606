#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Diagnostics;
using System.Globalization;
using Blockchain.Simulation;

namespace Blockchain.Benchmarks.Simulation;

/// <summary>
/// What a simulated network costs by its size: preset bitcoin-2019, blocks of 535 kB, everything on one thread. Each
/// size runs in this process after the one before; times are those of the processor, since other programs may run too,
/// and memory is what the process has more than before. The start is the making of the network and what its peers do
/// before the first
/// block; what is steady is the rest, the checks at the end included.
/// </summary>
internal static class SimulationTable
{
    private const int WarmUps = 2;
    private const int WarmUpPeers = 300;
    private const int WarmUpBlocks = 200;

    /// <summary>By then all have greeted each other and asked for headers; the first block comes later.</summary>
    private static readonly TimeSpan StartLasts = TimeSpan.FromMinutes(6);

    private static readonly (int Peers, int Blocks)[] Sizes = [(1_000, 100), (1_000, 1_000), (10_000, 100), (100_000,
        10)];

    /// <param name="arguments">Pairs "peers:blocks" in place of the sizes of the table.</param>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var sizes = arguments.Count == 0 ? Sizes : [.. arguments.Select(Parse)];
        // What is compiled for the first run would stand in the first row.
        for (var i = 0; i < WarmUps; i++)
        {
            Simulation(WarmUpPeers, WarmUpBlocks).Run();
        }

        Console.WriteLine("|   peers | blocks |     events | events/s | ns/event | start CPU s | steady ns/event | "
            + "B/peer |  peak MB | CPU s | wall s | p50 s | p90 s |");
        Console.WriteLine("|--------:|-------:|-----------:|---------:|---------:|------------:|----------------:|-------:|---------:|------:|-------:|------:|------:|");
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

    private static SimulationRun Simulation(int peers, int blocks) => new(new SimulationConfig
    {
        Network = new GeneratedNetwork { Shape = NetworkShape.SimBlock2019, Peers = peers },
        Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10), BlockBytes = 535_000 },
        Stop = new StopCondition { Blocks = blocks },
    });

    private static void Measure(int peers, int blocks)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = Cpu();
        var watch = Stopwatch.StartNew();
        var run = Simulation(peers, blocks);
        run.RunFor(StartLasts);
        var (start, startEvents) = (Cpu() - cpu, run.Events);
        var result = run.Run();
        var wall = watch.Elapsed;
        cpu = Cpu() - cpu;
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {peers,7} | {blocks,6} | {result.Events,10} | {result.Events / cpu.TotalSeconds,8:F0} "
            + $"| {cpu.TotalNanoseconds / result.Events,8:F0} | {start.TotalSeconds,11:F2} "
            + $"| {(cpu - start).TotalNanoseconds / (result.Events - startEvents),15:F0} "
            + $"| {kept / peers,6} | {process.PeakWorkingSet64 >> 20,8} "
            + $"| {cpu.TotalSeconds,5:F1} | {wall.TotalSeconds,6:F1} | {result.HalfReached.P50,5:F2} | "
                + $"{result.MostReached.P50,5:F2} |"));
        GC.KeepAlive(run);
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
