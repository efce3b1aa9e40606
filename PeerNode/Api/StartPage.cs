using System.Net;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Blockchain.ServiceDefaults;

namespace Blockchain.PeerNode.Api;

/// <summary>
/// What a browser sees at a node's address: who it is, its place in the Observatory, which shows the peer among the
/// others, and where its API is.
/// </summary>
internal static class StartPage
{
    /// <summary>The page has one style of its own; the rest of what a node answers loads nothing.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Routes =
    [
        NodeRoutes.Status, NodeRoutes.Peers, NodeRoutes.Blocks, NodeRoutes.Orphans, NodeRoutes.Transactions,
        NodeRoutes.Queue, NodeRoutes.DropsByReason, NodeRoutes.Blacklist, EventStream.Path, ServiceRoutes.Metrics,
        "/openapi/v1.json",
    ];

    public static string Of(NodeOptions options)
    {
        var id = WebUtility.HtmlEncode(options.Plan.Id.Value);
        var observatory = options.Observatory is { } url
            ? $"<p><a href=\"{WebUtility.HtmlEncode(url.TrimEnd('/'))}/?peer="
                + $"{Uri.EscapeDataString(options.Plan.Id.Value)}\">"
                + "See it in the Observatory</a>, among the other peers.</p>"
            : "<p>The Observatory, if it runs, shows this peer among the others.</p>";
        var routes = string.Concat(Routes.Select(route => $"<li><a href=\"{route}\">{route}</a></li>"));
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width">
              <title>Peer {{id}}</title>
              <style>
                :root { color-scheme: light dark }
                body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
              </style>
            </head>
            <body>
              <h1>Peer {{id}}</h1>
              <p>A {{(options.Plan.Info.Light ? "light" : "full")}} peer, which listens on {{options.P2p}}.</p>
              {{observatory}}
              <h2>What it tells</h2>
              <ul>{{routes}}</ul>
            </body>
            </html>
            """;
    }
}
