using Blockchain.Observatory.Following;
using Blockchain.Shared;

namespace Blockchain.Observatory.Nodes;

/// <summary>Asks nodes for their tables.</summary>
public sealed class NodeTableReader(NodeClients clients)
{
    /// <exception cref="HttpRequestException">It does not answer, or not as expected; the message says why.</exception>
    public async Task<NodeTable> ReadAsync(PeerId peer, TableKind kind, CancellationToken cancellation)
    {
        var node = clients.ForApi(peer);
        var answers = await Task.WhenAll(NodeTables.PathsOf(kind).Select(path => node.GetAsync(path, cancellation)));
        try
        {
            return NodeTables.Of(kind, answers);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException)
        {
            throw new HttpRequestException($"Its answer has an unexpected form: {error.Message}", error);
        }
    }
}
