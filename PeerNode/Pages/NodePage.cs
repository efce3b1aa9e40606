using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Pages;

/// <summary>The page for people: the node's state in one look, refreshed by itself.</summary>
internal sealed class NodePage(NodeOptions options, EventLoop loop, NodeStatistics statistics)
{
    private static readonly string[] JsonPaths =
    [
        "status", "peers", "transactions", "blocks", "orphans", "arrivals", "latency", "capacity", "queue", "redundancy",
        "blacklist", "drop_stats", "drop_stats?by=reason", "reachable", "peer_config", "known_peers", "peer_flags",
        "metrics", "health", "alive", "openapi/v1.json",
    ];

    private PeerInfo Self => options.Plan.Info;

    public async Task<IResult> WholeAsync(CancellationToken stop)
    {
        var title = $"Peer {Encode(Self.Id.Value)}";
        var html = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <style>{Resource("page.css")}</style>
            </head>
            <body>
            <main id="node">{await RenderAsync(stop)}</main>
            <footer><nav aria-label="JSON">{Links()}</nav></footer>
            <script>{Resource("page.js")}</script>
            </body>
            </html>
            """;
        return Results.Content(html, "text/html; charset=utf-8");
    }

    /// <summary>What changes of the page, for its script.</summary>
    public async Task<IResult> FragmentAsync(CancellationToken stop) =>
        Results.Content(await RenderAsync(stop), "text/html; charset=utf-8");

    private static string Resource(string name)
    {
        using var stream = typeof(NodePage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Links() =>
        string.Join(' ', JsonPaths.Select(path => $"<a href=\"/{path}\">/{Encode(path)}</a>"));

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(Hash256 id) => id.IsGenesis ? "GENESIS" : id.ToString()[..12];

    private static string Uptime(TimeSpan time) => time.ToString(
        time.Days > 0 ? @"d\ \d\a\y\s\ hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Time(double unixSeconds)
    {
        // A block's maker may claim any time.
        var seconds = Math.Clamp(unixSeconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
        return $"<time datetime=\"{time:O}\">{time:HH:mm:ss}</time>";
    }

    private static void Figure(StringBuilder html, string name, string value) =>
        html.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static void Table(StringBuilder html, string title, string[] columns, IEnumerable<string[]> rows, string none)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{title}</h2>");
        var isEmpty = true;
        foreach (var row in rows)
        {
            if (isEmpty)
            {
                html.Append("<div class=\"scroll\"><table><thead><tr>");
                html.AppendJoin("", columns.Select(column => $"<th scope=\"col\">{column}</th>"));
                html.Append("</tr></thead><tbody>");
                isEmpty = false;
            }

            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        }

        html.Append(isEmpty ? $"<p class=\"none\">{none}</p>" : "</tbody></table></div>").Append("</section>");
    }

    private static string Status(PageView.PeerRow peer) => peer.IsBanned
        ? "<span class=\"tag bad\">BANNED</span>"
        : peer.Status switch
        {
            PeerStatus.Alive => "<span class=\"tag good\">ALIVE</span>",
            PeerStatus.Unreachable => "<span class=\"tag warn\">UNREACHABLE</span>",
            _ => "<span class=\"tag\">UNKNOWN</span>",
        };

    private static string Kind(PeerInfo peer)
    {
        var kind = peer.Light ? "light" : "full";
        var place = peer.NetworkId == PeerInfo.NoNetwork ? "" : $", network {peer.NetworkId}";
        return kind + (peer.Nat ? ", NAT" : "") + place;
    }

    private async Task<string> RenderAsync(CancellationToken stop)
    {
        var view = await loop.Ask((peer, now) => PageView.Of(peer, now, statistics), stop);
        var html = new StringBuilder();
        Head(html, view);
        Figures(html, view);
        Blocks(html, view);
        Peers(html, view);
        Drops(html, view);
        return html.ToString();
    }

    private void Head(StringBuilder html, PageView view)
    {
        var role = view.IsMalicious ? " <span class=\"tag bad\">malicious</span>" : "";
        var rests = view.IsGenerating || Self.Light ? "" : " <span class=\"tag warn\">generation off</span>";
        var pages = string.Join(", ", options.Http.Select(endpoint => $"http://{endpoint}"));
        html.Append(CultureInfo.InvariantCulture, $"""
            <header><h1>Peer {Encode(Self.Id.Value)}{role}{rests}</h1>
            <p>{Kind(Self)} · P2P {Encode(Self.Ip)}:{Self.Port} · HTTP {Encode(pages)} · up {Uptime(view.Now - loop.Clock.StartedAt)}</p></header>
            """);
    }

    private void Figures(StringBuilder html, PageView view)
    {
        html.Append("<dl>");
        Figure(html, "Chain height", Number(view.Height));
        Figure(html, "Blocks off the chain", Number(view.Forks));
        Figure(html, "Pool", Number(view.Pool));
        Figure(html, "Orphans", Number(view.Orphans));
        Figure(html, "Peers alive", $"{view.Peers.Count(peer => peer.Status == PeerStatus.Alive)} of {view.Peers.Count}");
        Figure(html, "Waiting to be sent", Number(view.Peers.Sum(peer => peer.Waiting)));
        Figure(html, "Messages sent", Number(statistics.Sent));
        Figure(html, "Messages received", Number(statistics.Received));
        Figure(html, "Redundant", Number(Enum.GetValues<MessageType>().Sum(statistics.RedundantOf)));
        Figure(html, "Capacity", view.Capacity > 0 ? $"{view.Capacity:0.#}/s" : "no limit");
        html.Append("</dl>");
    }

    private static void Blocks(StringBuilder html, PageView view) => Table(
        html,
        "Last blocks",
        ["Height", "Maker", "Made (UTC)", "Arrived after", "Transactions", "Id", "Parent"],
        view.LastBlocks.Select(node => new[]
        {
            Number(node.Height),
            Encode(node.Header.Sender.Value),
            Time(node.Header.Timestamp),
            (node.AcceptedAt.TotalSeconds - node.Header.Timestamp).ToString("0.000 s", CultureInfo.InvariantCulture),
            node.Block is null ? "–" : Number(node.TransactionIds.Length),
            $"<code title=\"{node.Id}\">{Short(node.Id)}</code>",
            $"<code>{Short(node.Header.PreviousId)}</code>",
        }),
        "No block yet.");

    private static void Peers(StringBuilder html, PageView view) => Table(
        html,
        "Peers",
        ["Peer", "Status", "Round trip", "Kind", "Address", "Offences", "Waiting"],
        view.Peers.Select(peer => new[]
        {
            Encode(peer.Info.Id.Value),
            Status(peer),
            peer.RoundTrip is { } rtt ? rtt.TotalMilliseconds.ToString("0 ms", CultureInfo.InvariantCulture) : "–",
            Kind(peer.Info),
            Encode($"{peer.Info.Ip}:{peer.Info.Port}"),
            Number(peer.Offences),
            Number(peer.Waiting),
        }),
        "It knows nobody.");

    private static void Drops(StringBuilder html, PageView view) => Table(
        html,
        "Drops",
        ["Type", "Reason", "Messages"],
        view.Drops.OrderByDescending(drop => drop.Count)
            .Select(drop => new[] { drop.Type.Name(), drop.Reason.ToString(), Number(drop.Count) }),
        "Nothing was dropped.");
}
