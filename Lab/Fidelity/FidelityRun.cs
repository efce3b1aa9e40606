using Blockchain.Experiments.Fidelity;
using Blockchain.Lab.Commands;
using Blockchain.Launching;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Fidelity;

/// <summary>Measures one network twice, as processes and in virtual time, and compares.</summary>
internal sealed class FidelityRun(string file, Schedule schedule, int seeds)
{
    public async Task<int> RunAsync()
    {
        if (PeersFiles.Read(file, Console.Error) is not { } written)
        {
            return ExitCode.Refused;
        }

        var plan = LocalPlan.For(written, AddressMode.Own);
        var preflight = Preflight.Check(plan);
        foreach (var line in preflight.Explain())
        {
            await Console.Error.WriteLineAsync(line);
        }

        if (!preflight.IsClear)
        {
            return ExitCode.Refused;
        }

        using var stop = new StopRequest();
        try
        {
            return await CompareAsync(plan, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (HttpRequestException error)
        {
            await Console.Error.WriteLineAsync($"A node does not answer: {error.Message}");
            return ExitCode.Failure;
        }
    }

    private async Task<NetworkFigures> MeasureAsync(NetworkPlan plan, CancellationToken stop)
    {
        // Also a network that goes on where it stopped is measured from its beginning.
        var data = plan.Data is null ? null : Directory.CreateTempSubdirectory("blockchain-fidelity-");
        try
        {
            var network = new LocalNetwork(plan, file, new LocalNetworkOptions { Data = data?.FullName });
            await using (network)
            {
                return await RealSide.MeasureAsync(network, schedule, stop);
            }
        }
        finally
        {
            data?.Delete(recursive: true);
        }
    }

    private async Task<int> CompareAsync(NetworkPlan plan, CancellationToken stop)
    {
        var console = AnsiConsole.Console;
        console.WriteLine($"{plan.Peers.Count} peers as processes, for about {schedule.Total.TotalMinutes:0.0} min");
        var real = await MeasureAsync(plan, stop);

        console.WriteLine($"the same in virtual time, with {seeds} seeds");
        var simulated = Enumerable.Range(1, seeds)
            .Select(seed => SimulatedSide.Measure(plan, schedule, (ulong)seed))
            .ToArray();
        return FidelityTable.Print(console, real, simulated) ? ExitCode.Success : ExitCode.Failure;
    }
}
