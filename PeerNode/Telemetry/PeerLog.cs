using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Peers;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// What a peer's log says: by default only what a person would want to be told, and nothing for a single message.
/// </summary>
internal sealed partial class PeerLog(ILogger<PeerLog> logger)
{
    private readonly HashSet<PeerId> _away = [];

    public void BlockAccepted(ChainNode node, PeerId via, bool isOwn)
    {
        if (isOwn)
        {
            BlockMade(node.Id, node.Height);
        }
        else
        {
            BlockTaken(node.Id, node.Height, node.Header.Sender, via);
        }
    }

    public void Reorganised(Reorganisation change) =>
        ChainSwitched(change.Depth, change.Joined.Count, change.Joined[^1].Id);

    public void StatusChanged(PeerId peer, PeerStatus status)
    {
        if (status == PeerStatus.Unreachable)
        {
            _away.Add(peer);
            PeerUnreachable(peer);
        }
        else if (status == PeerStatus.Alive && _away.Remove(peer))
        {
            PeerBack(peer);
        }
        else if (status == PeerStatus.Alive)
        {
            PeerAlive(peer);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Peer {Peer} is banned")]
    public partial void Banned(PeerId peer);

    [LoggerMessage(LogLevel.Debug, "Block {Block} waits for its parent, via {Via}")]
    public partial void Orphaned(Hash256 block, PeerId via);

    [LoggerMessage(LogLevel.Warning, "Block {Block} by {Maker} breaks a rule, via {Via}")]
    public partial void Rejected(Hash256 block, PeerId maker, PeerId via);

    [LoggerMessage(LogLevel.Debug, "Made block {Block}, height {Height}")]
    private partial void BlockMade(Hash256 block, int height);

    [LoggerMessage(LogLevel.Debug, "Accepted block {Block}, height {Height}, by {Maker}, via {Via}")]
    private partial void BlockTaken(Hash256 block, int height, PeerId maker, PeerId via);

    [LoggerMessage(LogLevel.Information, "Chain reorganised: {Left} blocks left, {Joined} joined, tip {Tip}")]
    private partial void ChainSwitched(int left, int joined, Hash256 tip);

    [LoggerMessage(LogLevel.Information, "Peer {Peer} is unreachable")]
    private partial void PeerUnreachable(PeerId peer);

    [LoggerMessage(LogLevel.Information, "Peer {Peer} is back")]
    private partial void PeerBack(PeerId peer);

    [LoggerMessage(LogLevel.Debug, "Peer {Peer} is alive")]
    private partial void PeerAlive(PeerId peer);
}
