using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.Observatory.Following;

/// <summary>
/// HTTP to the nodes, which are found by service discovery. Nothing is tried again behind the caller's back.
/// </summary>
public sealed class NodeClients(IHttpClientFactory factory)
{
    private const string Events = "events";
    private const string Api = "nodes";

    /// <summary>For streams that last as long as the node. The time limit is that for an answer to begin.</summary>
    public HttpClient ForEvents() => factory.CreateClient(Events);

    /// <param name="controlKey">Null: it can only be asked.</param>
    public NodeClient ForApi(PeerId peer, string? controlKey = null) =>
        new(factory.CreateClient(Api), NodeAddress.ByName(peer), controlKey);

    internal static void Add(IServiceCollection services)
    {
        foreach (var name in (string[])[Events, Api])
        {
#pragma warning disable EXTEXP0001 // The only way out of the handler that all clients get by default.
            services.AddHttpClient(name, http => http.Timeout = TimeSpan.FromSeconds(10))
                .RemoveAllResilienceHandlers()
                .UseSocketsHttpHandler((handler, _) => handler.ConnectTimeout = TimeSpan.FromSeconds(3));
#pragma warning restore EXTEXP0001
        }

        services.AddSingleton<NodeClients>();
    }
}
