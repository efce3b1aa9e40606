using System.ComponentModel;
using System.Diagnostics;
using Blockchain.Lab.Display;
using Blockchain.Launching;
using Blockchain.Launching.Dashboard;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary>One run of <c>up</c>, from the file to the last process's end.</summary>
internal sealed class UpRun(UpOptions options)
{
    // Not since the start of the process, which under run.sh has built the program before it became this one.
    private readonly Stopwatch _running = Stopwatch.StartNew();

    /// <summary>What the nodes read: the file, or a copy of it that has the public keys too.</summary>
    private string _file = options.File;

    public async Task<int> RunAsync()
    {
        if (Prepare() is not { } written)
        {
            return ExitCode.Refused;
        }

        using var stop = new StopRequest(options.Duration);
        try
        {
            using var keys = RunKeys.For(written, options.File, options.KeyFolder);
            var plan = keys.Plan;
            _file = keys.File;
            var data = options.Network.Data ?? plan.DataFolder(options.File);
            if (options.IsFresh && DataFolder.TryClear(data, plan) is { } problem)
            {
                throw new RefusedException(problem);
            }

            var ports = new PortChoice(plan);
            var network = options.Network with { Keys = keys.Folder, Data = data };
            if (options.ObservatoryPort is { } page)
            {
                network = network with { ObservatoryPort = ports.Next(page) };
            }

            if (options.DashboardPort is not { } port)
            {
                return await RunAsync(plan, network, dashboard: null, stop);
            }

            var dashboard = await StandaloneDashboard.StartAsync(port, ports, Console.Out, stop.Token);
            network = network with { Telemetry = new TelemetryTarget(dashboard.Otlp) };
            await using (dashboard)
            {
                return await RunAsync(plan, network, dashboard.Service, stop);
            }
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Before the network was there.
            return ExitCode.Success;
        }
        catch (Exception error) when (error is RefusedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.Refused;
        }
    }

    /// <summary>The network as it can run on this machine; null after having said why it cannot.</summary>
    private NetworkPlan? Prepare()
    {
        if (PeersFiles.Read(options.File, Console.Error) is not { } written)
        {
            return null;
        }

        try
        {
            var plan = LocalPlan.For(written, options.Network.Addresses);
            var preflight = Preflight.Check(plan);
            foreach (var line in preflight.Explain())
            {
                Console.Error.WriteLine(line);
            }

            return preflight.IsClear ? plan : null;
        }
        catch (InvalidOperationException error)
        {
            Console.Error.WriteLine(error.Message);
            return null;
        }
    }

    private async Task<int> RunAsync(
        NetworkPlan plan, LocalNetworkOptions networkOptions, LocalService? dashboard, StopRequest stop)
    {
        using var scrape = new ScrapeFolder(options.ScrapeFolder);
        var network = new LocalNetwork(plan, _file, networkOptions);
        await using (network)
        {
            var display = NetworkDisplay.For(AnsiConsole.Console, network, () => _running.Elapsed);
            if (network.Observatory is not null)
            {
                display.SayPlace("Observatory", network.ObservatoryLogin!.ToString());
                network.LoginMoved += url => display.SayPlace("next browser", url.ToString());
            }

            if (dashboard is not null)
            {
                display.SayPlace("dashboard", dashboard.Url.ToString());
                dashboard.Died += display.SayDied;
            }

            display.SayPlace("Prometheus", $"prometheus --config.file={scrape.Configuration}");
            network.Changed += () => scrape.TryUpdate(network.ScrapeTargets);
            return await RunAsync(network, display, stop);
        }
    }

    private static async Task<int> RunAsync(LocalNetwork network, NetworkDisplay display, StopRequest stop)
    {
        network.Died += service =>
        {
            display.SayDied(service);
            if (!network.IsAnyRunning && !network.Plan.Restarts)
            {
                stop.Stop();
            }
        };
        network.Restarting += display.SayRestarting;
        try
        {
            network.Start();
            await display.ShowStartAsync(network.UntilUpAsync(stop.Token));
            display.SayAllUp();
            await display.ShowRunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // The wish to stop is how every run ends.
        }
        catch (Win32Exception error)
        {
            await Console.Error.WriteLineAsync($"A node could not be started: {error.Message}");
            return ExitCode.Failure;
        }

        var allDied = !network.IsAnyRunning;
        var last = await NetworkSnapshot.TakeAsync(network);
        await network.StopAsync();
        display.SayEnd(last);
        return allDied ? ExitCode.Failure : ExitCode.Success;
    }
}
