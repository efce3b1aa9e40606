using System.Diagnostics;
using Blockchain.ServiceDefaults;
using Blockchain.ServiceDefaults.Http;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>From a network to the process that shows it whole.</summary>
public static class ObservatoryLaunch
{
    private const string Assembly = "Blockchain.Observatory";

    /// <exception cref="FileNotFoundException">The Observatory's program is not in this folder.</exception>
    public static NodeExecutable Find(string directory) => NodeExecutable.Find(directory, Assembly);

    /// <param name="file">The <c>peers.json</c>, for what peers are that were never seen up.</param>
    /// <param name="url">Where its pages are to be.</param>
    /// <param name="nodes">Whom it is to follow, whether they run yet or not.</param>
    public static ProcessStartInfo StartInfo(
        NodeExecutable executable, string file, Uri url, IEnumerable<LocalNode> nodes, LocalNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(executable);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(options);
        var start = executable.StartAt(url);
        var environment = start.Environment;
        environment["Observatory__Key"] = options.ControlKey;
        environment["Observatory__Token"] = options.ObservatoryToken;
        environment["Observatory__Open"] = options.ObservatoryToken is null ? "true" : "false";
        environment["Observatory__File"] = Path.GetFullPath(file);
        foreach (var node in nodes)
        {
            environment[$"services__{node.Name}__http__0"] = node.Url.GetLeftPart(UriPartial.Authority);
        }

        // It says there where one more browser is let in.
        environment[$"Logging__Console__LogLevel__{LogCategories.Login}"] = "Information";
        options.Telemetry.ApplyTo(start, ServiceNames.Observatory, options.LogDirectory is not null);
        return start;
    }

    /// <summary>Where a browser is let in at the first time.</summary>
    internal static Uri LoginAt(Uri url, LocalNetworkOptions options) =>
        options.ObservatoryToken is { } token ? new Uri(url, $"{LoginRoute.Path}?{LoginRoute.Token}={token}") : url;

    /// <summary>The address in a line of its output; null: there is none.</summary>
    internal static Uri? LoginIn(string line)
    {
        var at = line.IndexOf("http://", StringComparison.Ordinal);
        return at >= 0 && line.Contains(LoginRoute.Path, StringComparison.Ordinal)
            && Uri.TryCreate(line[at..].Split(' ')[0], UriKind.Absolute, out var url) ? url : null;
    }

    /// <summary>The Observatory of a network; not started by that.</summary>
    internal static LocalService Create(
        HttpClient http, string file, Uri url, IEnumerable<LocalNode> nodes, LocalNetworkOptions options) => new(
            ServiceNames.Observatory,
            "the Observatory",
            url,
            token => http.AnswersAsync(new Uri(url, ServiceRoutes.Health), token),
            StartInfo(Find(AppContext.BaseDirectory), file, url, nodes, options),
            options);
}
