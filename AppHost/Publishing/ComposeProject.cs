using System.Globalization;
using System.Text;
using Blockchain.AppHost.Network;
using Blockchain.ServiceDefaults;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Publishing;

/// <summary>
/// The network as a Docker Compose file: an internal network for each NAT group, which nothing leaves, and the public
/// one. Peers in the same Compose network can connect to each other; no others can.
/// </summary>
/// <remarks>The format: https://docs.docker.com/reference/compose-file/</remarks>
internal static class ComposeProject
{
    public const string FileName = "docker-compose.yaml";
    public const string PublicNetwork = "public";

    /// <summary>What all containers have in common, and then what those of one kind have.</summary>
    private const string Common = """
        # A network of peers. It starts with: docker compose up
        # What can be set, the control key above all, is in .env.

        x-container: &container
          restart: %RESTART%
          # No container needs a right that its user does not have, or keeps anything; .NET puts a socket into /tmp.
          cap_drop: [ALL]
          security_opt: ["no-new-privileges:true"]
          read_only: true
          tmpfs: ["/tmp:size=16m"]
          # A container in two networks passes no packets from one to the other.
          sysctls: { net.ipv4.ip_forward: "0" }
          logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }

        # An idle peer takes about 40 MB; one with 100,000 transactions in its pool some hundred MB.
        x-limits: &limits { resources: { limits: { cpus: "1", memory: 512M, pids: 256 } } }

        # Each check is a process that takes a sixth of a second of a core.
        x-health: &health { interval: 30s, timeout: 5s, retries: 3, start_period: 20s }

        x-peer: &peer
          <<: *container
          image: ${PEER_IMAGE:-blockchain-peer:latest}
          deploy: *limits
          configs: [{ source: peers, target: %FILE% }]
          healthcheck: { <<: *health, test: [CMD, dotnet, /app/Blockchain.PeerNode.dll, %HEALTH%] }


        """;

    private const string Variables = """
        # A secret of your choice, of letters and digits. It is required, and gives command over every peer.
        CONTROL_KEY=

        # The images, where they are not those that PublishContainer makes.
        # PEER_IMAGE=blockchain-peer:latest
        # OBSERVATORY_IMAGE=blockchain-observatory:latest

        # A collector of telemetry, such as this one of: docker compose --profile dashboard up
        # OTEL_EXPORTER_OTLP_ENDPOINT=http://dashboard:18889

        """;

    // It is in every network and hears every peer. It has no control key and passes nothing on, so that a network that
    // it
    // is in is as closed as before.
    private const string Observatory = """
          observatory:
            <<: *container
            image: ${OBSERVATORY_IMAGE:-blockchain-observatory:latest}
            deploy: *limits
            hostname: observatory
            configs: [{ source: peers, target: %FILE% }]
            healthcheck: { <<: *health, test: [CMD, dotnet, /app/Blockchain.Observatory.dll, %HEALTH%] }
            environment: { <<: *addresses, Observatory__File: %FILE%, HTTP_PORTS: "%PORT%" }
            ports: ["127.0.0.1:%PORT%:%PORT%"]
            networks: [%NETWORKS%]

        """;

    // All networks again, or peers behind NAT would not reach it. Its page asks for the token that is in its log.
    private const string Dashboard = """
          dashboard:
            <<: *container
            image: mcr.microsoft.com/dotnet/aspire-dashboard:13.5.2
            hostname: dashboard
            profiles: [dashboard]
            deploy: { resources: { limits: { cpus: "1", memory: 1G, pids: 256 } } }
            ports: ["127.0.0.1:18888:18888"]
            networks: [%NETWORKS%]

        """;

    public static IEnumerable<PublishedFile> Of(NetworkPlan plan) =>
    [
        new(FileName, Write(plan)),
        new("peers.json", PeersFile.Write(plan)),
        new(".env", Variables, KeepsEdits: true),
    ];

    /// <summary>The Compose networks that a peer is in.</summary>
    internal static IEnumerable<string> NetworksOf(NetworkPlan plan, PeerPlan peer)
    {
        if (plan.Groups.FirstOrDefault(group => group.Members.Contains(peer.Id)) is { } group)
        {
            yield return NameOf(group);
        }

        if (!peer.Info.Nat)
        {
            yield return PublicNetwork;
        }
    }

    private static string Write(NetworkPlan plan)
    {
        var text = new StringBuilder(Fill(Common, plan));
        AppendEnvironment(text, plan);
        text.AppendLine("services:");
        foreach (var peer in plan.Peers)
        {
            AppendPeer(text, plan, peer);
        }

        text.Append(Fill(Observatory, plan)).Append(Fill(Dashboard, plan));

        // The file itself, since Compose cannot write text into a container whose file system is read-only.
        text.AppendLine().AppendLine("configs:").AppendLine("  peers: { file: ./peers.json }");
        text.AppendLine().AppendLine("networks:").AppendLine($"  {PublicNetwork}: {{ driver: bridge }}");
        foreach (var group in plan.Groups)
        {
            text.AppendLine($"  {NameOf(group)}: {{ driver: bridge, internal: true }}");
        }

        if (plan.Data is not null)
        {
            text.AppendLine().AppendLine("# What each peer keeps. Begin anew with: docker compose down --volumes");
            text.AppendLine("volumes:");
            foreach (var peer in plan.Peers)
            {
                text.AppendLine($"  {ServiceNames.OfPeer(peer.Id)}:");
            }
        }

        return text.ToString();
    }

    private static void AppendEnvironment(StringBuilder text, NetworkPlan plan)
    {
        text.AppendLine(
            "# Where every peer is (.NET service discovery), and where telemetry goes; nowhere, if that is empty.");
        text.AppendLine("x-addresses: &addresses");
        text.AppendLine("  ASPNETCORE_FORWARDEDHEADERS_ENABLED: \"true\"");
        text.AppendLine("  OTEL_EXPORTER_OTLP_ENDPOINT: ${OTEL_EXPORTER_OTLP_ENDPOINT:-}");
        foreach (var peer in plan.Peers)
        {
            var name = ServiceNames.OfPeer(peer.Id);
            text.Append(CultureInfo.InvariantCulture, $"  services__{name}__p2p__0: tcp://{name}:{peer.Info.Port}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  services__{name}__http__0: http://{name}:{plan.HttpPort(peer.Id)}\n");
        }

        text.AppendLine();
        text.AppendLine("x-peer-environment: &peer-environment");
        text.AppendLine("  <<: *addresses");
        text.AppendLine($"  Node__File: {PeerExtensions.ContainerFile}");
        text.AppendLine("  Node__Addresses: Discovered");
        text.AppendLine(
            "  Node__Key: ${CONTROL_KEY:?set it in .env to a secret of your choice; it commands every peer}");
        text.AppendLine();
    }

    private static void AppendPeer(StringBuilder text, NetworkPlan plan, PeerPlan peer)
    {
        var (name, port) = (ServiceNames.OfPeer(peer.Id), plan.HttpPort(peer.Id));
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
              {{name}}:
                <<: *peer
                hostname: {{name}}
                environment: { <<: *peer-environment, Node__Id: "{{peer.Id}}", HTTP_PORTS: "{{port}}" }
                networks: [{{string.Join(", ", NetworksOf(plan, peer))}}]

            """);

        if (plan.Data is not null)
        {
            text.AppendLine($"    volumes: [\"{name}:{PeerExtensions.ContainerVolume}\"]");
        }

        // The page of a peer behind NAT cannot be reached from outside either.
        if (!peer.Info.Nat)
        {
            text.Append(CultureInfo.InvariantCulture, $"    ports: [\"127.0.0.1:{port}:{port}\"]\n");
        }

        // Started when it is to join: docker compose --profile manual up peer-5011
        if (peer.ManualStart)
        {
            text.AppendLine("    profiles: [manual]");
        }
    }

    private static string NameOf(NatGroup group) => $"nat-{group.NetworkId.ToString(CultureInfo.InvariantCulture)}";

    private static string Fill(string template, NetworkPlan plan) => template
        .Replace("%FILE%", PeerExtensions.ContainerFile, StringComparison.Ordinal)
        .Replace("%HEALTH%", ServiceRoutes.HealthOption, StringComparison.Ordinal)
        .Replace("%RESTART%", plan.Restarts ? "always" : "unless-stopped", StringComparison.Ordinal)
        .Replace("%PORT%", NetworkPlan.ObservatoryPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(
            "%NETWORKS%", string.Join(
                ", ", (string[])[PublicNetwork, .. plan.Groups.Select(NameOf)]), StringComparison.Ordinal);
}
