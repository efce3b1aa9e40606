using Blockchain.Shared;

namespace Blockchain.NodeApi;

/// <summary>A node in short.</summary>
/// <param name="Role">full or light.</param>
/// <param name="Height">Blocks from the first to the tip.</param>
/// <param name="Tip">Id of the last block of its chain; null before the first.</param>
/// <param name="Pool">Transactions that wait for a block.</param>
/// <param name="Banned">Peers on its blacklist.</param>
/// <param name="Uptime">Seconds since its start.</param>
/// <param name="Sent">Messages since its start.</param>
/// <param name="Storage">What outlives the process; null: nothing does.</param>
/// <param name="Behaviour">A name of <see cref="Behaviours"/>; "false-ids" is what <paramref name="Malicious"/>
/// says.</param>
public sealed record NodeStatus(
    string PeerId,
    string Role,
    bool Malicious,
    bool Generating,
    bool Paused,
    int Height,
    string? Tip,
    int Pool,
    int Orphans,
    int PeersAlive,
    int PeersKnown,
    int Banned,
    double Uptime,
    long Sent,
    long Received,
    StorageStatus? Storage = null,
    string Behaviour = Behaviours.Honest);
