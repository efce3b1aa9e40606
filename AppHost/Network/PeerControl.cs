using Blockchain.NodeApi;

namespace Blockchain.AppHost.Network;

/// <summary>Asks and tells the nodes of this run something, with its key.</summary>
internal sealed class PeerControl(HttpClient http, BlockchainNetwork network)
{
    /// <returns>What the node answers.</returns>
    /// <exception cref="HttpRequestException">It does not answer, or refuses; the message says who and why.</exception>
    public async Task<T> TellAsync<T>(
        ProjectResource peer, Func<NodeClient, CancellationToken, Task<T>> command, CancellationToken cancellation)
    {
        var key = await network.ControlKey.Resource.GetValueAsync(cancellation);
        try
        {
            return await command(NodeOf(peer, key), cancellation);
        }
        catch (HttpRequestException problem)
        {
            throw new HttpRequestException($"{peer.Name}: {problem.Message}", problem);
        }
    }

    /// <summary>Tells several peers the same, at once.</summary>
    /// <returns>Why those that did not do it did not, one line each.</returns>
    public async Task<IReadOnlyList<string>> TellAllAsync<T>(
        IEnumerable<ProjectResource> peers,
        Func<NodeClient, CancellationToken, Task<T>> command,
        CancellationToken cancellation)
    {
        var problems = await Task.WhenAll(peers.Select(TryTellAsync));
        return [.. problems.OfType<string>()];

        async Task<string?> TryTellAsync(ProjectResource peer)
        {
            try
            {
                await TellAsync(peer, command, cancellation);
                return null;
            }
            catch (HttpRequestException problem)
            {
                return problem.Message;
            }
        }
    }

    /// <returns>Null: it does not answer in time.</returns>
    public Task<NodeStatus?> TryStatusAsync(ProjectResource peer, TimeSpan patience, CancellationToken cancellation) =>
        NodeOf(peer, key: null).TryAsync((node, token) => node.StatusAsync(token), patience, cancellation);

    private NodeClient NodeOf(ProjectResource peer, string? key) =>
        new(http, new Uri(peer.GetEndpoint(Names.Http).Url), key);
}
