namespace Blockchain.NodeApi;

/// <summary>
/// Where a node is told something: a POST to <see cref="Root"/> and the name of a
/// <see cref="Blockchain.Shared.PeerVerb"/>,
/// with its key.
/// </summary>
public static class ControlRoutes
{
    /// <summary>The header that has the key.</summary>
    public const string KeyHeader = "X-Control-Key";

    public const string Root = "/control";
}
