using Blockchain.AppHost;
using Blockchain.AppHost.Network;
using Blockchain.AppHost.Observability;
using Blockchain.AppHost.Publishing;
using Blockchain.AppHost.Trials;

try
{
    if (AppHostCommand.Read(args) is not { } arguments)
    {
        return ExitCode.Success;
    }

    // A scenario is a network of its own, which ends with its last step.
    if (arguments.Trials is { } trials)
    {
        return await AspireTrials.RunAsync(trials);
    }

    // Its settings lie beside the program; the folder of the caller has none.
    var builder = DistributedApplication.CreateBuilder(
        [$"--contentRoot={AppContext.BaseDirectory}", .. arguments.ForAspire]);

    // The network as the file plans it: a network resource per NAT group and one for the public peers; below each, its
    // peers, every one a PeerNode of its own, told by its environment who it is and whom it knows.
    // What was made for this run alone is gone after it.
    using var network = builder.AddBlockchainNetwork(arguments.PeersFile, arguments.Data);
    if (builder.ExecutionContext.IsRunMode)
    {
        network.RefuseTakenPorts();
        if (arguments.IsFresh)
        {
            network.Clear();
        }
    }

    // One page for the whole network, by which it is watched and disturbed.
    network.AddObservatory(arguments.OpenObservatory);

    // For whoever has a Prometheus: a list of the peers that run.
    network.AddScrapeList(arguments.ScrapeFolder);

    // Only where it is asked for and containers can run: Prometheus scrapes every peer, Grafana shows it.
    if (arguments.Observability)
    {
        network.TryAddObservability(Console.Error);
    }

    // Where NAT is not acted but real: Docker Compose networks, or Kubernetes network policies.
    if (builder.ExecutionContext.IsPublishMode)
    {
        network.PublishTo(arguments.Target);
    }

    builder.WaitForTheEndOfAll().StopAfter(arguments.Duration);
    await builder.Build().RunAsync();
    return ExitCode.Success;
}
catch (RefusedException refused)
{
    foreach (var problem in refused.Problems)
    {
        await Console.Error.WriteLineAsync(problem);
    }

    return ExitCode.Refused;
}
