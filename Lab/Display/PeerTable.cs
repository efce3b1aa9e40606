using Blockchain.Lab.Network;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Display;

/// <summary>The table of a network's peers.</summary>
internal static class PeerTable
{
    private static readonly string[] Headers = ["Peer", "Role", "Network", "P2P", "Page", "State"];

    /// <param name="plan">Whose NAT groups the table names.</param>
    /// <param name="state">Markup for the last column.</param>
    public static Table Build(NetworkPlan plan, IEnumerable<LocalNode> nodes, Func<LocalNode, string> state, bool framed)
    {
        var table = new Table { Border = framed ? TableBorder.Rounded : TableBorder.None, ShowRowSeparators = false };
        table.BorderColor(Color.Grey39);
        foreach (var header in Headers)
            table.AddColumn(new TableColumn(framed ? $"[grey]{header}[/]" : header).NoWrap());
        foreach (var node in nodes)
        {
            table.AddRow(
                Markup.Escape(node.Id.Value),
                Role(node.Plan),
                Network(plan, node.Plan.Info),
                Markup.Escape($"{node.Plan.Info.Ip}:{node.Plan.Info.Port}"),
                $"[steelblue1]{Markup.Escape(node.Url.ToString())}[/]",
                state(node));
        }

        return table;
    }

    public static string Role(PeerPlan peer)
    {
        var role = peer.Info.Light ? "[grey70]light[/]" : "full";
        return peer.Malicious ? role + " [indianred1]malicious[/]" : role;
    }

    /// <summary>"-", "1 gateway", "1 behind NAT", or "1" where nobody is behind NAT.</summary>
    public static string Network(NetworkPlan plan, PeerInfo peer)
    {
        if (peer.NetworkId == PeerInfo.NoNetwork)
            return "[grey]-[/]";
        if (peer.Nat)
            return $"{peer.NetworkId} [khaki3]behind NAT[/]";
        return plan.Groups.Any(group => group.Gateways.Contains(peer.Id))
            ? $"{peer.NetworkId} [darkseagreen]gateway[/]"
            : $"{peer.NetworkId}";
    }

    public static string State(LocalNode node) => node.State switch
    {
        NodeState.Up => $"[darkseagreen]up[/] [grey]after {Duration.Seconds(node.UpAfter ?? default)}[/]",
        NodeState.Died => $"[indianred1]died, exit code {node.ExitCode}[/]",
        NodeState.Idle => "[grey]started by hand[/]",
        NodeState.Stopped => "[grey]stopped[/]",
        _ => "starting",
    };
}
