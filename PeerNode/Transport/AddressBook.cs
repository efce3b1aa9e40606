using System.Net;
using System.Net.Sockets;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.ServiceDiscovery;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// Where a peer is to be dialed: where service discovery says (the <c>p2p</c> endpoint of <c>peer-5003</c>), asked anew
/// for each dial; else where <c>peers.json</c> or the peer itself says.
/// </summary>
internal sealed class AddressBook(IConfiguration configuration, ServiceEndpointResolver resolver)
{
    private const string ServicesSection = "services";
    private const string EndpointName = "p2p";

    /// <exception cref="SocketException">The name has no address.</exception>
    public async Task<IPEndPoint> FindAsync(PeerInfo peer, CancellationToken cancellation) =>
        (await FindAllAsync(peer, cancellation))[0];

    /// <summary>
    /// All addresses of the peer, of which it has several where it belongs to several networks; one at least.
    /// </summary>
    /// <exception cref="SocketException">The name has no address.</exception>
    public async Task<IReadOnlyList<IPEndPoint>> FindAllAsync(PeerInfo peer, CancellationToken cancellation)
    {
        var service = ServiceNames.OfPeer(peer.Id);
        if (configuration.GetSection($"{ServicesSection}:{service}:{EndpointName}").Exists())
        {
            var found = await resolver.GetEndpointsAsync($"tcp://_{EndpointName}.{service}", cancellation);
            if (found.Endpoints.Count > 0)
            {
                return await ResolveAsync(found.Endpoints[0].EndPoint, cancellation);
            }
        }

        return await ResolveAsync(peer.Ip, peer.Port, cancellation);
    }

    private static async Task<IPEndPoint[]> ResolveAsync(EndPoint endpoint, CancellationToken cancellation) =>
        endpoint switch
        {
            IPEndPoint ip => [ip],
            DnsEndPoint dns => await ResolveAsync(dns.Host, dns.Port, cancellation),
            UriEndPoint uri => await ResolveAsync(uri.Uri.Host, uri.Uri.Port, cancellation),
            _ => throw new SocketException((int)SocketError.AddressFamilyNotSupported),
        };

    private static async Task<IPEndPoint[]> ResolveAsync(string host, int port, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [new IPEndPoint(address, port)];
        }

        var all = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancellation);
        return all.Length > 0
            ? Array.ConvertAll(all, found => new IPEndPoint(found, port))
            : throw new SocketException((int)SocketError.HostNotFound);
    }
}
