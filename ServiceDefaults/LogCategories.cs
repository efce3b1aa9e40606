namespace Blockchain.ServiceDefaults;

/// <summary>
/// What loggers of ours are called: short, since people read it in each line, in consoles and dashboards.
/// </summary>
public static class LogCategories
{
    /// <summary>What happens to a peer: blocks, chains, other peers.</summary>
    public const string Peer = "Peer";

    /// <summary>What happens to its process.</summary>
    public const string Node = "Node";

    public const string Observatory = "Observatory";

    /// <summary>Where the Observatory lets browsers in.</summary>
    public const string Login = "Login";
}
