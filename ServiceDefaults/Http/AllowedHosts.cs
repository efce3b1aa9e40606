using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Blockchain.ServiceDefaults.Http;

/// <summary>
/// The names by which a service may be called. A page of somebody else can make its own name lead to this machine (DNS
/// rebinding), and the browser then takes the answers for that page's own. So only these are answered: loopback names
/// and addresses, the address that the caller has reached, the service's own names, and what is configured.
/// </summary>
internal sealed class AllowedHosts
{
    /// <summary>Further names, with semicolons between them; "*" is all, "*.example.com" all below that one.</summary>
    public const string Setting = "AllowedHosts";

    private const string Loopback = "localhost";
    private const string Any = "*";
    private const string AnyBelow = "*.";

    private readonly HashSet<string> _names;
    private readonly string[] _endings;

    private AllowedHosts(IReadOnlyCollection<string> names)
    {
        _names = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _endings =
            [.. names.Where(name => name.StartsWith(AnyBelow, StringComparison.Ordinal)).Select(name => name[1..])];
    }

    /// <param name="service">The name of this service; where service discovery knows it is a name of it too.</param>
    public static AllowedHosts Of(IConfiguration configuration, string service)
    {
        var discovered = configuration.GetSection($"services:{service}:http").GetChildren()
            .Select(place => Uri.TryCreate(place.Value, UriKind.Absolute, out var url) ? url.Host : null);
        var configured = (configuration[Setting] ?? "").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new([Loopback, service, Environment.MachineName, .. discovered.OfType<string>(), .. configured]);
    }

    /// <param name="reached">The address of this machine that the caller is connected to; null: unknown.</param>
    public bool Allow(HostString host, IPAddress? reached)
    {
        // No browser leaves it out.
        if (!host.HasValue || _names.Contains(Any))
        {
            return true;
        }

        var name = host.Host.TrimEnd('.');
        if (IPAddress.TryParse(name.Trim('[', ']'), out var ip))
        {
            return IPAddress.IsLoopback(ip) || Equals(Plain(ip), Plain(reached)) || _names.Contains(host.Host);
        }

        // No resolver leads what is below localhost to anywhere else (RFC 6761).
        return _names.Contains(name)
            || name.EndsWith($".{Loopback}", StringComparison.OrdinalIgnoreCase)
            || _endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static IPAddress? Plain(IPAddress? ip) => ip is { IsIPv4MappedToIPv6: true } ? ip.MapToIPv4() : ip;
}
