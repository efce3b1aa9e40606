using Blockchain.NodeApi;

namespace Blockchain.AppHost.Network;

/// <summary>Tells the nodes of this run something, with its key.</summary>
internal sealed class PeerControl(HttpClient http, BlockchainNetwork network)
{
    /// <returns>What the node answers.</returns>
    /// <exception cref="HttpRequestException">It does not answer, or refuses; the message says who and why.</exception>
    public async Task<T> TellAsync<T>(
        ProjectResource peer, Func<NodeClient, CancellationToken, Task<T>> command, CancellationToken cancellation)
    {
        var key = await network.ControlKey.Resource.GetValueAsync(cancellation).ConfigureAwait(false);
        var node = new NodeClient(http, new Uri(peer.GetEndpoint(Names.Http).Url), key);
        try
        {
            return await command(node, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException problem)
        {
            throw new HttpRequestException($"{peer.Name}: {problem.Message}", problem);
        }
    }
}
