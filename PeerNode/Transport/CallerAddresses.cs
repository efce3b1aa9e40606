using System.Net;
using System.Net.Sockets;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// Under which address the core knows whoever connects: the one that the connection comes from, except where addresses
/// are discovered. There it is asked which planned peer has that address now, and the one of the file is taken. What a
/// caller says of itself plays no part in it.
/// </summary>
internal sealed class CallerAddresses(NodeOptions options, AddressBook addresses, TimeProvider time) : IDisposable
{
    // A container that is started again has another address, and its old one may have become somebody else's.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    // Strangers must not be able to keep us asking.
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _asking = new(1);
    private Dictionary<string, string> _planned = [];
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;

    public async ValueTask<string> OfAsync(IPAddress remote)
    {
        var ip = (remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString();
        if (options.Addresses != AddressMode.Discovered)
        {
            return ip;
        }

        await _asking.WaitAsync();
        try
        {
            if (time.GetUtcNow() - _askedAt >= (_planned.ContainsKey(ip) ? Lifetime : ShortestLifetime))
            {
                _planned = await AskAsync();
                _askedAt = time.GetUtcNow();
            }

            return _planned.TryGetValue(ip, out var planned) ? planned : NameOfStranger(ip);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>Who happens to have an address that the file has for somebody is not that peer.</summary>
    private string NameOfStranger(string ip) => options.Network.Peers.Any(peer => peer.Info.Ip == ip) ? $"{ip}?" : ip;

    private async Task<Dictionary<string, string>> AskAsync()
    {
        var answers = await Task.WhenAll(
            options.Network.Peers.Where(peer => peer.Id != options.Plan.Id).Select(AskAsync));
        var planned = new Dictionary<string, string>();
        foreach (var (peer, found) in answers)
        {
            foreach (var endpoint in found)
            {
                planned[endpoint.Address.ToString()] = peer.Ip;
            }
        }

        return planned;
    }

    private async Task<(PeerInfo Peer, IReadOnlyList<IPEndPoint> Found)> AskAsync(PeerPlan peer)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout);
        try
        {
            return (peer.Info, await addresses.FindAllAsync(peer.Info, timeout.Token));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It does not run, or is in a network that is not ours; either way nobody who calls is it.
            return (peer.Info, []);
        }
    }
}
