using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Observatory.Following;

/// <summary>
/// Which peers there should be: those that the configuration names, described by the peers file if there is one.
/// </summary>
public sealed record PlannedPeers(IReadOnlyList<PeerState> Peers, string? Problem)
{
    /// <summary>Where service discovery reads its names.</summary>
    private const string Services = "services";

    public static PlannedPeers Read(IConfiguration configuration, ObservatoryOptions options)
    {
        var named = configuration.GetSection(Services).GetChildren()
            .Where(service => service.Key.StartsWith(ServiceNames.PeerPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(service => new PeerId(service.Key[ServiceNames.PeerPrefix.Length..]))
            .ToArray();
        var (plan, problem) = ReadPlan(options.File);
        var peers = named.Select(id =>
            plan is not null && plan.TryGet(id, out var peer) ? Of(peer) : new PeerState(id));
        return new PlannedPeers([.. peers.OrderBy(peer => peer.Id, PeerOrder.Instance)], problem);
    }

    private static PeerState Of(PeerPlan peer) => new(peer.Id)
    {
        IsDescribed = true,
        Nat = peer.Info.Nat,
        Light = peer.Info.Light,
        NetworkId = peer.Info.NetworkId,
        Malicious = peer.Malicious,
        Behaviour = peer.Behaviour,
    };

    private static (NetworkPlan? Plan, string? Problem) ReadPlan(string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            return (null, null);
        }

        var result = PeersFile.Load(file, System.IO.File.ReadAllBytes);
        return result.Plan is { } plan
            ? (plan, null)
            : (null, string.Join("; ", result.Errors.Select(problem => $"{problem.Path}: {problem.Message}")));
    }
}
