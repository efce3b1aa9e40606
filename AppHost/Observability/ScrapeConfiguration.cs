using System.Text;
using Blockchain.AppHost.Network;

namespace Blockchain.AppHost.Observability;

/// <summary>What Prometheus is told to ask, and how often.</summary>
internal static class ScrapeConfiguration
{
    /// <summary>Completes when it is known where the peers are, as seen from a container.</summary>
    public static async Task<string> OfAsync(
        IEnumerable<IResourceBuilder<ProjectResource>> peers, CancellationToken cancellation)
    {
        var targets = new List<(PeerAnnotation, string)>();
        foreach (var peer in peers)
        {
            var endpoint = peer.GetEndpoint(Names.Http, KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
            var address = await endpoint.Property(EndpointProperty.HostAndPort).GetValueAsync(cancellation)
                .ConfigureAwait(false);
            targets.Add((PeerAnnotation.Of(peer.Resource)!, address!));
        }

        return Write(targets);
    }

    internal static string Write(IEnumerable<(PeerAnnotation Peer, string Address)> targets)
    {
        var text = new StringBuilder("""
            global:
              scrape_interval: 5s
            scrape_configs:
              - job_name: peers
                metrics_path: /metrics
                static_configs:

            """.ReplaceLineEndings("\n"));
        foreach (var (peer, address) in targets)
        {
            text.Append("      - targets: [\"").Append(address).Append("\"]\n")
                .Append("        labels: { peer: \"").Append(peer.Plan.Id.Value)
                .Append("\", network: \"").Append(peer.Network.Name)
                .Append("\", role: \"").Append(peer.Plan.Info.Light ? "light" : "full").Append("\" }\n");
        }

        return text.ToString();
    }
}
