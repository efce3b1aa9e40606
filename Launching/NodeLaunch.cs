using System.Diagnostics;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>From a planned peer to the process that is this peer.</summary>
public static class NodeLaunch
{
    private const string Id = "Node__Id";
    private const string File = "Node__File";
    private const string Addresses = "Node__Addresses";

    /// <param name="file">The <c>peers.json</c> that the node reads.</param>
    /// <param name="url">Where its pages are to be.</param>
    public static ProcessStartInfo StartInfo(
        NodeExecutable executable, PeerPlan peer, string file, Uri url, LocalNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(executable);
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(options);
        var start = executable.StartAt(url);
        var environment = start.Environment;
        environment[Id] = peer.Id.Value;
        environment[File] = Path.GetFullPath(file);
        environment[Addresses] = options.Addresses.ToString();
        environment["Node__Data"] = options.Data is { } data ? Path.GetFullPath(data) : null;
        environment["Node__Key"] = options.ControlKey;
        environment["Node__PrivateKeyFile"] = options.Keys?.FileOf(peer.Id);
        environment["Node__Observatory"] = options.ObservatoryPort is { } port ? $"http://127.0.0.1:{port}" : null;
        options.Telemetry.ApplyTo(start, ServiceNames.OfPeer(peer.Id), options.LogDirectory is not null);
        return start;
    }

    /// <summary>The same process as a line for a shell, without its secrets.</summary>
    internal static string CommandOf(ProcessStartInfo start)
    {
        var settings = ((string[])[Id, File, Addresses])
            .Select(name => $"--{name.Replace("__", ":", StringComparison.Ordinal)}={start.Environment[name]}");
        return string.Join(' ', start.ArgumentList.Prepend(start.FileName).Concat(settings).Select(Quoted));
    }

    private static string Quoted(string word) => word.All(letter => char.IsLetterOrDigit(letter) || "/.:=_-".Contains(
        letter, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
