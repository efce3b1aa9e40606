namespace Blockchain.PeerNode.Api;

// The shapes of the answers, as their JSON says them in snake_case.

/// <param name="Status">ALIVE, UNREACHABLE or UNKNOWN.</param>
internal sealed record PeerEntry(string PeerId, string Ip, int Port, string Status, bool Nat, bool Light);

/// <param name="Timestamp">Unix seconds by the maker's clock.</param>
internal sealed record HeaderEntry(string Sender, double Timestamp, string BlockId, string PreviousBlockId);

/// <summary>A TX as it stands on the wire; answers contain it as it came.</summary>
internal sealed record TransactionEntry(
    string Type, string TxId, string From, string To, decimal Amount, double Timestamp);

/// <summary>A BLOCK as it stands on the wire; answers contain it as it came.</summary>
internal sealed record BlockEntry(
    string Type,
    string Sender,
    double Timestamp,
    string PreviousBlockId,
    IReadOnlyList<TransactionEntry> Transactions,
    string BlockId);

/// <summary>A block or header of the tree, also one off the chain.</summary>
/// <param name="Timestamp">When it was made, Unix seconds by its maker's clock.</param>
/// <param name="Accepted">When this node took it over, Unix seconds.</param>
internal sealed record ArrivalEntry(
    string BlockId, string Sender, double Timestamp, double Accepted, int Height, bool OnChain);

internal sealed record RedundancyAnswer(long Redundancy, IReadOnlyDictionary<string, long> ByType);

internal sealed record PeerFlags(bool Nat, bool Light);

internal sealed record PeerConfig(
    string Ip, int Port, int Fanout, bool Nat, bool Light, int Localnetworkid, bool Malicious);

/// <param name="Role">full or light.</param>
/// <param name="Tip">Null before the first block.</param>
/// <param name="Uptime">Seconds.</param>
internal sealed record StatusAnswer(
    string PeerId,
    string Role,
    bool Malicious,
    bool Generating,
    int Height,
    string? Tip,
    int Pool,
    int Orphans,
    int PeersAlive,
    int PeersKnown,
    int Banned,
    double Uptime,
    long Sent,
    long Received);

internal sealed record TransactionRequest(string? To, long? Amount);

internal sealed record MinedAnswer(string BlockId, int Transactions, int Height, bool Malicious);

internal sealed record TransactionAnswer(string TxId);

/// <param name="Loss">Share of its messages that are lost on the way, 0..1.</param>
/// <param name="LatencyMin">Of one message, in seconds.</param>
/// <param name="Load">Transactions a second that it was told to make; 0: those of its plan.</param>
internal sealed record SwitchAnswer(
    bool Malicious,
    bool Generating,
    bool CutOff,
    bool Paused,
    double Loss,
    double LatencyMin,
    double LatencyMax,
    double Load);

internal sealed record ErrorAnswer(string Error);
