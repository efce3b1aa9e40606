using System.Net;

namespace Blockchain.Observatory.Login;

/// <summary>What is shown to those who are not in, or not yet.</summary>
internal static class LoginPages
{
    public static string Refusal { get; } = Page("", """
        <h1>Observatory</h1>
        <p>This page belongs to the user who started the network. Open the address that the start has printed, the one
        with <code>/login?t=</code>. It lets one browser in. For one more browser, take the address that was printed
        last.</p>
        """);

    /// <summary>Takes the browser to a path of this host at once.</summary>
    public static string GoOn(string path)
    {
        // One slash, or browsers take what follows for the name of another host.
        var target = WebUtility.HtmlEncode("/" + path.TrimStart('/', '\\'));
        return Page(
            $"""<meta http-equiv="refresh" content="0;url='{target}'">""",
            $"""<p><a href="{target}">On to the Observatory</a></p>""");
    }

    private static string Page(string head, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width">
          <title>Observatory</title>
          {{head}}
          <style>
            :root { color-scheme: light dark }
            body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
          </style>
        </head>
        <body>{{body}}</body>
        </html>
        """;
}
