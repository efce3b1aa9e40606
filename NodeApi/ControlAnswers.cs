using Blockchain.Shared;

namespace Blockchain.NodeApi;

/// <param name="BlockId">Empty where blocks need work: it has only begun.</param>
/// <param name="Height">Of the node's chain, with the block if it is made.</param>
/// <param name="Malicious">Whether the block's id is made up.</param>
public sealed record MinedAnswer(string BlockId, int Transactions, int Height, bool Malicious);

public sealed record TransactionAnswer(string TxId);

/// <summary>All that can be switched at a node, as it stands after a command.</summary>
/// <param name="Loss">Share of its messages that are lost on the way, 0..1.</param>
/// <param name="LatencyMin">Of one message, in seconds.</param>
/// <param name="Load">Transactions a second that it was told to make; 0: those of its plan.</param>
/// <param name="Behaviour">A name of <see cref="Behaviours"/>; "false-ids" is what
/// <paramref name="Malicious"/> says.</param>
/// <param name="Burst">How many messages in a row are lost on average; 1: no loss depends on another.</param>
/// <param name="Capacity">Messages a second that it was told to send at most, 0: no limit; null: as planned.</param>
/// <param name="Pairs">How many peers it has other conditions to than those here.</param>
/// <param name="Blocked">To how many peers nothing of it gets.</param>
public sealed record SwitchAnswer(
    bool Malicious,
    bool Generating,
    bool CutOff,
    bool Paused,
    double Loss,
    double LatencyMin,
    double LatencyMax,
    double Load,
    string Behaviour = Behaviours.Honest,
    double Burst = 1,
    double? Capacity = null,
    int Pairs = 0,
    int Blocked = 0);

public sealed record ErrorAnswer(string Error);
