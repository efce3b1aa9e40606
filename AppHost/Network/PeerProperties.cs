using System.Collections.Immutable;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

/// <summary>What the dashboard shows of a peer beside what Aspire knows of every project.</summary>
public static class PeerProperties
{
    public const string Role = "peer.role";
    public const string Reach = "peer.reach";
    public const string Network = "peer.network";
    public const string Behaviour = "peer.behaviour";
    public const string Activity = "peer.activity";

    public const string Honest = "honest";
    public const string Malicious = "malicious";
    public const string Active = "active";
    public const string Paused = "paused";

    public static CustomResourceSnapshot Initial(PeerPlan plan, NatNetworkResource network)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(network);
        return new CustomResourceSnapshot
        {
            ResourceType = "Project",
            Properties =
            [
                Property(Role, "Role", plan.Info.Light ? "light" : "full"),
                Property(Reach, "Reach", ReachOf(plan, network)),
                Property(Network, "Network", network.Name),
                Property(Behaviour, "Behaviour", plan.Malicious ? Malicious : Honest),
                Property(Activity, "Activity", Active),
            ],
        };
    }

    /// <summary>What a peer is after its process was started anew.</summary>
    internal static CustomResourceSnapshot AsPlanned(this CustomResourceSnapshot snapshot, PeerPlan plan) =>
        snapshot.With(plan.Malicious, isPaused: false);

    internal static CustomResourceSnapshot With(this CustomResourceSnapshot snapshot, bool isMalicious, bool isPaused) =>
        snapshot
            .Set(Behaviour, "Behaviour", isMalicious ? Malicious : Honest)
            .Set(Activity, "Activity", isPaused ? Paused : Active);

    internal static CustomResourceSnapshot Set(
        this CustomResourceSnapshot snapshot, string name, string displayName, object value)
    {
        var property = Property(name, displayName, value);
        var index = snapshot.Properties.ToList().FindIndex(existing => existing.Name == name);
        return snapshot with
        {
            Properties = index < 0 ? snapshot.Properties.Add(property) : snapshot.Properties.SetItem(index, property),
        };
    }

    internal static bool Is(this CustomResourceSnapshot snapshot, string name, string value) =>
        snapshot.Properties.Any(property => property.Name == name && property.Value is string text && text == value);

    private static string ReachOf(PeerPlan plan, NatNetworkResource network) =>
        plan.Info.Nat ? "behind NAT" : network.Group?.Gateways.Contains(plan.Id) == true ? "public, gateway" : "public";

    private static ResourcePropertySnapshot Property(string name, string displayName, object value) =>
        new(name, value) { DisplayName = displayName };
}
