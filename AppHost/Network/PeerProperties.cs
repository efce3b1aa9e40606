using Blockchain.NodeApi;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Blockchain.AppHost.Network;

/// <summary>What the dashboard shows of a peer beside what Aspire knows of every project.</summary>
public static class PeerProperties
{
    public const string Role = "peer.role";
    public const string Reach = "peer.reach";
    public const string Network = "peer.network";
    public const string Gateways = "peer.gateways";
    public const string Behaviour = "peer.behaviour";
    public const string Activity = "peer.activity";
    public const string Height = "peer.height";
    public const string Tip = "peer.tip";

    public const string Honest = "honest";
    public const string Malicious = "malicious";
    public const string Active = "active";
    public const string Paused = "paused";

    private const string NoTip = "none";

    public static CustomResourceSnapshot Initial(PeerPlan plan, NatNetworkResource network) =>
        Initial("Project", plan, network).WithBehaviour(plan.Malicious, isPaused: false).WithChain(0, null);

    /// <summary>Of a program of somebody else, which tells nobody how it behaves and what chain it has.</summary>
    internal static CustomResourceSnapshot OfProgram(PeerPlan plan, NatNetworkResource network) =>
        Initial("Executable", plan, network);

    /// <summary>Whether its process runs, whatever else its state says: "Running", "Running, paused".</summary>
    public static bool IsRunning(this CustomResourceSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.State?.Text.Split(',')[0] == KnownResourceStates.Running;
    }

    /// <summary>Whether it runs and says that it is well. Aspire itself asks for the bare state "Running".</summary>
    public static bool IsUp(this CustomResourceSnapshot snapshot) => snapshot.IsRunning()
        && snapshot.HealthReports.Length > 0
        && snapshot.HealthReports.All(report => report.Status == HealthStatus.Healthy);

    /// <summary>What a peer is after its process was started anew.</summary>
    internal static CustomResourceSnapshot AsPlanned(this CustomResourceSnapshot snapshot, PeerPlan plan) =>
        snapshot.WithBehaviour(plan.Malicious, isPaused: false).WithChain(0, null);

    /// <summary>What the node says of itself: it may have been told so by others than Aspire.</summary>
    internal static CustomResourceSnapshot With(this CustomResourceSnapshot snapshot, NodeStatus status) =>
        snapshot.WithBehaviour(status.Malicious, status.Paused).WithChain(status.Height, status.Tip);

    /// <summary>Also in its state, where one sees it in the table: such a peer is well only as a process.</summary>
    internal static CustomResourceSnapshot WithBehaviour(
        this CustomResourceSnapshot snapshot, bool isMalicious, bool isPaused)
    {
        if (snapshot.IsRunning())
        {
            var text = string.Join(", ", ((string?[])
            [
                KnownResourceStates.Running, isMalicious ? Malicious : null, isPaused ? Paused : null,
            ]).OfType<string>());
            var style = isMalicious || isPaused ? KnownResourceStateStyles.Warn : null;
            snapshot = snapshot with { State = new ResourceStateSnapshot(text, style) };
        }

        return snapshot
            .Show(5, Behaviour, "Behaviour", isMalicious ? Malicious : Honest)
            .Show(6, Activity, "Activity", isPaused ? Paused : Active);
    }

    private static CustomResourceSnapshot Initial(string type, PeerPlan plan, NatNetworkResource network)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(network);
        return new CustomResourceSnapshot { ResourceType = type, Properties = [] }
            .Show(1, Role, "Role", plan.Info.Light ? "light" : "full")
            .Show(2, Reach, "Reach", ReachOf(plan, network))
            .Show(3, Network, "Network", network.Name)
            .Show(4, Gateways, "Gateways", NatNetworkProperties.GatewaysOf(network));
    }

    /// <summary>Sets a property that is to be seen without a click.</summary>
    /// <param name="order">Its place among those of the resource.</param>
    internal static CustomResourceSnapshot Show(
        this CustomResourceSnapshot snapshot, int order, string name, string displayName, object value)
    {
        var property = new ResourcePropertySnapshot(name, value)
        {
            DisplayName = displayName,
            IsHighlighted = true,
            SortOrder = order,
        };
        var index = snapshot.Properties.ToList().FindIndex(existing => existing.Name == name);
        return snapshot with
        {
            Properties = index < 0 ? snapshot.Properties.Add(property) : snapshot.Properties.SetItem(index, property),
        };
    }

    internal static bool Is(this CustomResourceSnapshot snapshot, string name, string value) =>
        snapshot.Properties.Any(property => property.Name == name && property.Value is string text && text == value);

    private static CustomResourceSnapshot WithChain(this CustomResourceSnapshot snapshot, int height, string? tip) =>
        snapshot.Show(7, Height, "Height", height).Show(8, Tip, "Tip", tip?[..PeerCommands.IdLength] ?? NoTip);

    private static string ReachOf(PeerPlan plan, NatNetworkResource network) =>
        plan.Info.Nat ? "behind NAT" : network.Group?.Gateways.Contains(plan.Id) == true ? "public, gateway" : "public";
}
