using Blockchain.Launching;
using Blockchain.Launching.Nodes;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Running;

namespace Blockchain.Lab.Trials;

/// <summary>One run of a scenario as processes of this machine.</summary>
/// <param name="messages">Whether single messages are recorded too.</param>
internal sealed class LocalTrial(Scenario scenario, bool messages)
{
    /// <summary>Null after it was said why it cannot run here.</summary>
    /// <param name="recording">The file where every event goes.</param>
    public async Task<TrialResult?> RunAsync(ITrialListener listener, string recording, CancellationToken stop)
    {
        var plan = LocalTrials.PlanOf(scenario, AddressMode.Own);
        var preflight = Preflight.Check(plan);
        if (!preflight.IsClear)
        {
            foreach (var line in preflight.Explain())
            {
                await Console.Error.WriteLineAsync(line);
            }

            return null;
        }

        var folder = Directory.CreateTempSubdirectory("blockchain-trial-");
        try
        {
            var file = Path.Combine(folder.FullName, "peers.json");
            await File.WriteAllTextAsync(file, PeersFile.Write(plan), stop);
            var options = new LocalNetworkOptions();
            var network = new LocalNetwork(plan, file, options);
            await using (network)
            {
                var host = LocalTrials.HostOf(network, scenario.Seed, options.ControlKey, recording, messages);
                await using (host)
                {
                    return await new TrialRunner(scenario, host, listener).RunAsync(stop: stop);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
