namespace Blockchain.NodeApi;

/// <summary>A header; of a block, what headers and blocks have in common.</summary>
/// <param name="Timestamp">When it was made, Unix seconds by its maker's clock.</param>
public sealed record HeaderEntry(string Sender, double Timestamp, string BlockId, string PreviousBlockId);

/// <summary>A TX as it stands on the wire; answers contain it as it came.</summary>
public sealed record TransactionEntry(
    string Type, string TxId, string From, string To, decimal Amount, double Timestamp);

/// <summary>A BLOCK as it stands on the wire; answers contain it as it came.</summary>
public sealed record BlockEntry(
    string Type,
    string Sender,
    double Timestamp,
    string PreviousBlockId,
    IReadOnlyList<TransactionEntry> Transactions,
    string BlockId);
