namespace Blockchain.Observatory.Nodes;

/// <summary>The tables of a peer.</summary>
public enum TableKind
{
    Chain,
    Pool,
    Peers,
    Queue,
    Drops,
    Blacklist,
}
