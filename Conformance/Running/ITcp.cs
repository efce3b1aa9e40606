namespace Blockchain.Conformance.Running;

/// <summary>What only connections show.</summary>
internal interface ITcp
{
    /// <summary>Hears of what a test writes byte for byte.</summary>
    Action<Neighbour, string> Wrote { get; set; }

    /// <summary>Connections that the node has opened, with the addresses that they came from.</summary>
    IReadOnlyList<(Neighbour To, string From)> Dialled { get; }

    /// <summary>The node's own address.</summary>
    string Ip { get; }

    /// <summary>The connections of a player, those that are closed too.</summary>
    IReadOnlyList<IConnection> Of(Neighbour player);

    /// <summary>A new connection from the address of a player.</summary>
    Task<IConnection> OpenAsync(Neighbour player);

    /// <summary>Nobody answers at the address of this player any more.</summary>
    void StopListening(Neighbour player);
}
