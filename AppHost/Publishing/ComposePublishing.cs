using System.Globalization;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Blockchain.AppHost.Network;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Publishing;

/// <summary>
/// The network as a Docker Compose file: an internal network for each NAT group, which nothing leaves, and the public
/// one. Who shares a Compose network can connect to each other; nobody else can.
/// </summary>
internal static class ComposePublishing
{
    private const string PeersConfig = "peers";
    private const string PublicNetwork = "public";

    public static void Add(BlockchainNetwork network, IResourceBuilder<ProjectResource> observatory)
    {
        network.Builder.AddDockerComposeEnvironment("blockchain")
            .WithDashboard(enabled: false)
            .ConfigureComposeFile(file => Configure(file, network.Plan));
        foreach (var peer in network.Plan.Peers)
        {
            network.Peers[peer.Id].PublishAsDockerComposeService(
                (_, service) => Configure(service, network.Plan, peer));
        }

        observatory.PublishAsDockerComposeService((_, service) => ConfigureObservatory(service, network.Plan));
    }

    /// <summary>The Compose networks that a peer is in.</summary>
    internal static IEnumerable<string> NetworksOf(NetworkPlan plan, PeerPlan peer)
    {
        if (plan.Groups.FirstOrDefault(group => group.Members.Contains(peer.Id)) is { } group)
            yield return NameOf(group);
        if (!peer.Info.Nat)
            yield return PublicNetwork;
    }

    private static string NameOf(NatGroup group) => $"nat-{group.NetworkId.ToString(CultureInfo.InvariantCulture)}";

    private static void Configure(ComposeFile file, NetworkPlan plan)
    {
        file.Networks.Clear();
        file.AddNetwork(new Aspire.Hosting.Docker.Resources.ComposeNodes.Network { Name = PublicNetwork, Driver = "bridge" });
        foreach (var group in plan.Groups)
        {
            file.AddNetwork(new Aspire.Hosting.Docker.Resources.ComposeNodes.Network
            {
                Name = NameOf(group),
                Driver = "bridge",
                Internal = true,
            });
        }

        // A dollar sign would be taken for the start of a variable.
        var text = PeersFile.Write(plan).Replace("$", "$$", StringComparison.Ordinal);
        file.AddConfig(new Config { Name = PeersConfig, Content = text });
    }

    private static void Configure(Service service, NetworkPlan plan, PeerPlan peer)
    {
        Configure(service, NetworksOf(plan, peer));

        // The pages of a peer behind NAT cannot be reached from outside either.
        if (!peer.Info.Nat)
            ShowOnThisMachine(service, plan.HttpPort(peer.Id));

        // Started by whoever wants it to join: docker compose --profile manual up peer-5011
        if (peer.ManualStart)
            service.Profiles.Add("manual");
    }

    // It hears every peer, behind NAT or not, and passes nothing on, commands neither, since it has no control key: a
    // network that it is in is as closed as before.
    private static void ConfigureObservatory(Service service, NetworkPlan plan)
    {
        Configure(service, [PublicNetwork, .. plan.Groups.Select(NameOf)]);
        service.Ports.Clear();
        ShowOnThisMachine(service, NetworkPlan.ObservatoryPort);
    }

    private static void Configure(Service service, IEnumerable<string> networks)
    {
        service.Networks = [.. networks];
        service.Hostname = service.Name;
        service.Restart = "unless-stopped";
        service.AddConfig(new ConfigReference { Source = PeersConfig, Target = PeerExtensions.ContainerFile });
    }

    private static void ShowOnThisMachine(Service service, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        service.Expose.Remove(text);
        service.Ports.Add($"127.0.0.1:{text}:{text}");
    }
}
