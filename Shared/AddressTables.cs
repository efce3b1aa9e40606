namespace Blockchain.Shared;

/// <summary>How a peer chooses its neighbours: the names that <c>"addressTable"</c> has in <c>peers.json</c>.</summary>
public static class AddressTables
{
    /// <summary>Everybody that it knows and that answers is its neighbour.</summary>
    public const string Usual = "none";

    /// <summary>It draws a few out of a table of addresses, by the rules of Bitcoin.</summary>
    public const string Bitcoin = "bitcoin";

    public static Registry All => Kinds;

    private static Registry<string> Kinds { get; } = new("address table", (Usual, Usual), (Bitcoin, Bitcoin));
}
