namespace Blockchain.NodeApi;

/// <summary>A block, or on a light peer a header, in a node's tree.</summary>
/// <param name="Sender">Its maker.</param>
/// <param name="Timestamp">When it was made, Unix seconds by its maker's clock.</param>
/// <param name="Accepted">When it was attached to the tree, Unix seconds by the node's clock.</param>
/// <param name="OnChain">Whether it lies on the node's chain, not on a side branch.</param>
public sealed record Arrival(
    string BlockId, string Sender, double Timestamp, double Accepted, int Height, bool OnChain);
