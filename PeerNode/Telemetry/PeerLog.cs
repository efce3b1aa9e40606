using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Peers;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// What a peer's log says: by default only what a person would want to be told, and nothing for a single message. Ids are
/// cut to so many characters as tell blocks apart; a line about a block belongs to the trace of that block.
/// </summary>
internal sealed partial class PeerLog(ILoggerFactory loggers)
{
    private const int IdLength = 8;

    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Peer);
    private readonly HashSet<PeerId> _away = [];

    public void BlockAccepted(ChainNode node, PeerId via, bool isOwn)
    {
        if (isOwn)
        {
            About(node.Id, LogLevel.Information, block => BlockMade(block, node.Height));
        }
        else
        {
            About(node.Id, LogLevel.Debug, block => BlockTaken(block, node.Height, node.Header.Sender, via));
        }
    }

    public void Reorganised(Reorganisation change) => About(
        change.Joined[^1].Id,
        LogLevel.Information,
        tip => ChainSwitched(Blocks(change.Depth), Blocks(change.Joined.Count), tip));

    public void Orphaned(Hash256 id, PeerId via) =>
        About(id, LogLevel.Debug, block => WaitsForParent(block, via));

    public void Rejected(Hash256 id, PeerId maker, PeerId via) =>
        About(id, LogLevel.Warning, block => BreaksARule(block, maker, via));

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

    private void About(Hash256 id, LogLevel level, Action<string> log)
    {
        if (!_logger.IsEnabled(level))
        {
            return;
        }

        using var trace = SpanContext.EnterTraceOf(id);
        log(id.ToString()[..IdLength]);
    }

    private static string Blocks(int count) => count == 1 ? "1 block" : $"{count} blocks";

    [LoggerMessage(LogLevel.Debug, "Block {Block} waits for its parent, via {Via}")]
    private partial void WaitsForParent(string block, PeerId via);

    [LoggerMessage(LogLevel.Warning, "Block {Block} by {Maker} breaks a rule, via {Via}")]
    private partial void BreaksARule(string block, PeerId maker, PeerId via);

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
