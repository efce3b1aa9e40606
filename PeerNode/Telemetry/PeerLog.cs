using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

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
        // Asked first: thousands of blocks a second may come by here.
        if (!_logger.IsEnabled(isOwn ? LogLevel.Information : LogLevel.Debug))
        {
            return;
        }

        using var trace = SpanContext.EnterTraceOf(node.Id);
        if (isOwn)
        {
            BlockMade(Short(node.Id), node.Height);
        }
        else
        {
            BlockTaken(Short(node.Id), node.Height, node.Header.Sender, via);
        }
    }

    public void Reorganised(Reorganisation change)
    {
        var tip = change.Joined[^1].Id;
        using var trace = SpanContext.EnterTraceOf(tip);
        ChainSwitched(Blocks(change.Depth), Blocks(change.Joined.Count), Short(tip));
    }

    public void Orphaned(Hash256 id, PeerId via)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            using var trace = SpanContext.EnterTraceOf(id);
            WaitsForParent(Short(id), via);
        }
    }

    public void Rejected(Hash256 id, PeerId maker, PeerId via)
    {
        using var trace = SpanContext.EnterTraceOf(id);
        BreaksARule(Short(id), maker, via);
    }

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

    private static string Short(Hash256 id) => id.ToString()[..IdLength];

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
