using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// What a peer's log says: by default only what a person would want to be told, and nothing for a single message. Ids
/// are
/// cut to so many characters as tell blocks apart; a line about a block belongs to the trace of that block.
/// </summary>
internal sealed partial class PeerLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Peer);
    private readonly HashSet<PeerId> _away = [];

    /// <summary>The line of an event, if it has one and somebody wants it.</summary>
    public void Write(PeerEvent what)
    {
        switch (what)
        {
            // Asked first: thousands of blocks a second may come by here.
            case BlockAccepted accepted when accepted.Via == accepted.Peer && _logger.IsEnabled(LogLevel.Information):
                using (SpanContext.EnterTraceOf(accepted.Block))
                {
                    BlockMade(accepted.Block.Prefix, accepted.Height);
                }

                break;
            case BlockAccepted accepted when accepted.Via != accepted.Peer && _logger.IsEnabled(LogLevel.Debug):
                using (SpanContext.EnterTraceOf(accepted.Block))
                {
                    BlockTaken(accepted.Block.Prefix, accepted.Height, accepted.Maker, accepted.Via);
                }

                break;
            case BlockOrphaned orphaned when _logger.IsEnabled(LogLevel.Debug):
                using (SpanContext.EnterTraceOf(orphaned.Block))
                {
                    WaitsForParent(orphaned.Block.Prefix, orphaned.Via);
                }

                break;
            case BlockRejected rejected:
                using (SpanContext.EnterTraceOf(rejected.Block))
                {
                    BreaksARule(rejected.Block.Prefix, rejected.Maker, rejected.Via, rejected.Why);
                }

                break;
            case ChainReorganised change:
                using (SpanContext.EnterTraceOf(change.Tip))
                {
                    ChainSwitched(Blocks(change.Depth), Blocks(change.Joined), change.Tip.Prefix);
                }

                break;
            case MessageRefused refused:
                Refused(refused.Via, refused.Why);
                break;
            case NeighbourBanned banned:
                Banned(banned.Other);
                break;
            case NeighbourChanged changed:
                StatusChanged(changed.Other, changed.Status);
                break;
        }
    }

    private void StatusChanged(PeerId peer, PeerStatus status)
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
    private partial void Banned(PeerId peer);

    [LoggerMessage(LogLevel.Debug, "Refused what came from {Via}: {Why}")]
    private partial void Refused(PeerId via, string why);

    private static string Blocks(int count) => count == 1 ? "1 block" : $"{count} blocks";

    [LoggerMessage(LogLevel.Debug, "Block {Block} waits for its parent, via {Via}")]
    private partial void WaitsForParent(string block, PeerId via);

    [LoggerMessage(LogLevel.Warning, "Block {Block} by {Maker} is refused, via {Via}: {Why}")]
    private partial void BreaksARule(string block, PeerId maker, PeerId via, string why);

    [LoggerMessage(LogLevel.Information, "Made block {Block}, height {Height}")]
    private partial void BlockMade(string block, int height);

    [LoggerMessage(LogLevel.Debug, "Accepted block {Block}, height {Height}, by {Maker}, via {Via}")]
    private partial void BlockTaken(string block, int height, PeerId maker, PeerId via);

    [LoggerMessage(LogLevel.Information, "Chain reorganised: {Left} left, {Joined} joined, tip {Tip}")]
    private partial void ChainSwitched(string left, string joined, string tip);

    [LoggerMessage(LogLevel.Information, "Peer {Peer} is unreachable")]
    private partial void PeerUnreachable(PeerId peer);

    [LoggerMessage(LogLevel.Information, "Peer {Peer} is back")]
    private partial void PeerBack(PeerId peer);

    [LoggerMessage(LogLevel.Debug, "Peer {Peer} is alive")]
    private partial void PeerAlive(PeerId peer);
}
