using Blockchain.Experiments.Runs;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Spectre.Console;

namespace Blockchain.Lab.Display;

/// <summary>The table of a network's peers.</summary>
internal static class PeerTable
{
    // "up after 10.2 s": the table keeps its width when the peers come up.
    private const int StateWidth = 15;

    private static readonly string[] Headers = ["Peer", "Role", "Network", "P2P", "Page"];

    /// <param name="state">Markup for a last column that changes; null: there is none, and no frame.</param>
    public static Table Build(LocalNetwork network, Func<LocalNode, string>? state)
    {
        var table = new Table { Border = state is null ? TableBorder.None : TableBorder.Rounded };
        table.BorderColor(Color.Grey39);
        foreach (var header in Headers)
        {
            table.AddColumn(new TableColumn($"[grey]{header}[/]").NoWrap());
        }

        if (state is not null)
        {
            table.AddColumn(new TableColumn("[grey]State[/]").NoWrap().Width(StateWidth));
        }

        foreach (var node in network.Nodes)
        {
            string[] cells =
            [
                Markup.Escape(node.Id.Value),
                Role(node.Plan),
                Network(network.Plan, node.Plan.Info),
                Markup.Escape($"{node.Plan.Info.Ip}:{node.Plan.Info.Port}"),
                node.Plan.Program is null ? $"[steelblue1]{Markup.Escape(node.Url.ToString())}[/]" : "[grey]-[/]",
            ];
            table.AddRow(state is null ? cells : [.. cells, state(node)]);
        }

        return table;
    }

    public static string Role(PeerPlan peer)
    {
        var role = (peer.Info.Light ? "[grey70]light[/]" : "full")
            + (peer.Program is null ? "" : " [steelblue1]program[/]");
        return peer.Malicious ? role + " [indianred1]malicious[/]" : role;
    }

    /// <summary>"-", "1 gateway", "1 behind NAT", or "1" where nobody is behind NAT.</summary>
    public static string Network(NetworkPlan plan, PeerInfo peer)
    {
        if (peer.NetworkId == PeerInfo.NoNetwork)
        {
            return "[grey]-[/]";
        }

        if (peer.Nat)
        {
            return $"{peer.NetworkId} [khaki3]behind NAT[/]";
        }

        return plan.Groups.Any(group => group.Gateways.Contains(peer.Id))
            ? $"{peer.NetworkId} [darkseagreen]gateway[/]"
            : $"{peer.NetworkId}";
    }

    public static string State(LocalNode node) => node.State switch
    {
        NodeState.Up => $"[darkseagreen]up[/] [grey]after {Duration.Seconds(node.UpAfter ?? default)}[/]",
        NodeState.Died => $"[indianred1]died, code {node.ExitCode}[/]",
        NodeState.Idle => "[grey]by hand[/]",
        NodeState.Stopped => "[grey]stopped[/]",
        _ => "starting",
    };
}
