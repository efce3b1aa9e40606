using System.Globalization;
using System.Net;
using Blockchain.Shared.Topology;

namespace Blockchain.PeerNode.Configuration;

/// <summary>
/// Where the pages are: <c>ASPNETCORE_URLS</c> or <c>HTTP_PORTS</c> if given, else the P2P port plus an offset. On
/// one machine never on anything but loopback, since nobody logs in to a laboratory.
/// </summary>
internal static class HttpEndpointReader
{
    public static IReadOnlyList<IPEndPoint> Read(
        IConfiguration configuration, AddressMode mode, int p2pPort, List<string> errors)
    {
        var endpoints = new List<IPEndPoint>();
        foreach (var url in Split(configuration[WebHostDefaults.ServerUrlsKey]))
        {
            AddUrl(url, mode, endpoints, errors);
        }

        if (endpoints.Count == 0)
        {
            foreach (var port in Split(configuration[WebHostDefaults.HttpPortsKey]))
            {
                AddPort(port, mode, endpoints, errors);
            }
        }

        if (endpoints.Count == 0 && errors.Count == 0)
        {
            endpoints.Add(new IPEndPoint(Default(mode), NetworkPlan.HttpPortOf(p2pPort)));
        }

        return endpoints;
    }

    private static string[] Split(string? value) =>
        value?.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static IPAddress Default(AddressMode mode) => IsOneMachine(mode) ? IPAddress.Loopback : IPAddress.Any;

    private static bool IsOneMachine(AddressMode mode) => mode is AddressMode.Own or AddressMode.Single;

    private static void AddPort(string text, AddressMode mode, List<IPEndPoint> endpoints, List<string> errors)
    {
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            endpoints.Add(new IPEndPoint(Default(mode), port));
        }
        else
        {
            errors.Add($"HTTP_PORTS: \"{text}\" is not a port; write a number from 1 to 65535.");
        }
    }

    private static void AddUrl(string url, AddressMode mode, List<IPEndPoint> endpoints, List<string> errors)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            errors.Add($"URLS: \"{url}\" is not a URL; write for example http://127.0.0.1:7005.");
            return;
        }

        if (address.Scheme != Uri.UriSchemeHttp)
        {
            errors.Add($"URLS: \"{url}\": use http; a node serves nothing else.");
            return;
        }

        var isLocalhost = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        var ip = isLocalhost ? IPAddress.Loopback
            : IPAddress.TryParse(address.Host.Trim('[', ']'), out var parsed) ? parsed
            : IPAddress.Any;
        if (IsOneMachine(mode) && !IPAddress.IsLoopback(ip))
        {
            errors.Add($"URLS: \"{url}\" must be a loopback address, unless Node:Addresses is File or Discovered.");
            return;
        }

        endpoints.Add(new IPEndPoint(ip, address.Port));
    }
}
