using System.ComponentModel;
using System.Diagnostics;
using Blockchain.Lab.Display;
using Blockchain.Lab.Network;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary>One run of <c>up</c>, from the file to the last process's end.</summary>
internal sealed class UpRun(string file, TimeSpan? duration, LocalNetworkOptions options)
{
    // Not since the start of the process, which under run.sh has built the program before it became this one.
    private readonly Stopwatch _running = Stopwatch.StartNew();

    public async Task<int> RunAsync()
    {
        if (Prepare() is not { } plan)
            return ExitCode.Refused;
        using var stop = new StopRequest(duration);
        LocalNetwork network;
        try
        {
            network = new LocalNetwork(plan, file, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return ExitCode.Refused;
        }

        await using (network.ConfigureAwait(false))
            return await RunAsync(network, stop).ConfigureAwait(false);
    }

    /// <summary>The network as it can run on this machine; null after having said why it cannot.</summary>
    private NetworkPlan? Prepare()
    {
        if (PeersFiles.Read(file, Console.Error) is not { } written)
            return null;
        try
        {
            var plan = LocalPlan.For(written, options.Addresses);
            var preflight = Preflight.Check(plan);
            foreach (var line in preflight.Explain())
                Console.Error.WriteLine(line);
            return preflight.IsClear ? plan : null;
        }
        catch (InvalidOperationException error)
        {
            Console.Error.WriteLine(error.Message);
            return null;
        }
    }

    private async Task<int> RunAsync(LocalNetwork network, StopRequest stop)
    {
        var display = NetworkDisplay.For(AnsiConsole.Console, network, () => _running.Elapsed);
        network.Died += node =>
        {
            display.SayDied(node);
            if (!network.IsAnyRunning)
                stop.Stop();
        };
        try
        {
            network.Start();
            await display.ShowStartAsync(network.UntilUpAsync(stop.Token)).ConfigureAwait(false);
            display.SayAllUp();
            await display.ShowRunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // The wish to stop is how every run ends.
        }
        catch (Win32Exception error)
        {
            await Console.Error.WriteLineAsync($"A node could not be started: {error.Message}").ConfigureAwait(false);
            return ExitCode.Failure;
        }

        var allDied = !network.IsAnyRunning;
        var last = await NetworkSnapshot.TakeAsync(network).ConfigureAwait(false);
        await network.StopAsync().ConfigureAwait(false);
        display.SayEnd(last);
        return allDied ? ExitCode.Failure : ExitCode.Success;
    }
}
