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
    public const string PublicNetwork = "public";

    private const string Environment = "blockchain";
    private const string PeersConfig = "peers";

    public static void Add(BlockchainNetwork network, IResourceBuilder<ProjectResource> observatory)
    {
        network.Builder.AddDockerComposeEnvironment(Environment)
            .WithDashboard(enabled: false)
            .ConfigureComposeFile(file => Configure(file, network.Plan))
            .ConfigureEnvFile(ComposeVariables.Describe);
        network.Builder.CompleteFolder(Environment, network.Plan);
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

        file.AddService(ComposeDashboard.Create(EveryNetwork(plan)));

        // Not the text itself, which Compose cannot put into a container whose file system is read-only.
        file.AddConfig(new Config { Name = PeersConfig, File = $"./{ComposeFolder.PeersFileName}" });
    }

    private static void Configure(Service service, NetworkPlan plan, PeerPlan peer)
    {
        Configure(service, NetworksOf(plan, peer), ComposeVariables.PeerImage, "Blockchain.PeerNode.dll");
        service.Environment["Node__Key"] = ComposeVariables.ControlKey;

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
        Configure(service, EveryNetwork(plan), ComposeVariables.ObservatoryImage, "Blockchain.Observatory.dll");
        service.Ports.Clear();
        ShowOnThisMachine(service, NetworkPlan.ObservatoryPort);
    }

    private static string[] EveryNetwork(NetworkPlan plan) => [PublicNetwork, .. plan.Groups.Select(NameOf)];

    private static void Configure(Service service, IEnumerable<string> networks, string image, string program)
    {
        service.Image = image;
        service.Networks = [.. networks];
        service.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = ComposeVariables.OtlpEndpoint;
        service.AddConfig(new ConfigReference { Source = PeersConfig, Target = PeerExtensions.ContainerFile });
        service.CheckHealth(program);
        service.Confine();
    }

    private static void ShowOnThisMachine(Service service, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        service.Expose.Remove(text);
        service.Ports.Add($"127.0.0.1:{text}:{text}");
    }
}
