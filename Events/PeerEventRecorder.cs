using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>
/// Turns what one peer reports into events. Messages are counted, and the counts told at most once per
/// <see cref="Interval"/>: with the next message after it, or when the host asks. Nothing is allocated but for
/// what is told.
/// </summary>
/// <param name="tell">Called for each event, in the order of time.</param>
public class PeerEventRecorder(PeerId peer, Action<PeerEvent> tell) : IPeerEvents
{
    /// <summary>Pairs of peers are counted apart; so many at most before the counts are told early.</summary>
    private const int MaxRelayed = 256;

    private static readonly int Types = Enum.GetValues<MessageType>().Length;
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _received = new long[Types];
    private readonly long[] _redundant = new long[Types];
    private readonly long[] _dropped = new long[Types * Reasons];
    private readonly Dictionary<(PeerId Origin, PeerId Target), long> _relayed = [];
    private TimeSpan _due = TimeSpan.MinValue;
    private bool _hasCounts;

    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Tells the counts if that is due.</summary>
    public void FlushDue(TimeSpan now)
    {
        if (now >= _due)
        {
            Flush(now);
        }
    }

    /// <summary>Tells the counts.</summary>
    public void Flush(TimeSpan now)
    {
        _due = now + Interval;
        if (!_hasCounts)
        {
            return;
        }

        _hasCounts = false;
        for (var i = 0; i < Types; i++)
        {
            if (Take(ref _received[i]) is > 0 and var count)
            {
                tell(new MessagesReceived(now, peer, (MessageType)i, count));
            }

            if (Take(ref _redundant[i]) is > 0 and var redundant)
            {
                tell(new MessagesRedundant(now, peer, (MessageType)i, redundant));
            }
        }

        FlushDrops(now);
        foreach (var ((origin, target), count) in _relayed)
        {
            tell(new MessagesRelayed(now, peer, origin, target, count));
        }

        _relayed.Clear();
    }

    void IPeerEvents.Received(TimeSpan now, PeerId via, Message message)
    {
        _received[(int)message.Type]++;
        Counted(now);
    }

    void IPeerEvents.Unwrapped(TimeSpan now, PeerId via, Relay relay)
    {
        _received[(int)relay.Payload.Type]++;
        Counted(now);
    }

    void IPeerEvents.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId other)
    {
        _dropped[((int)type * Reasons) + (int)reason]++;
        Counted(now);
    }

    void IPeerEvents.Redundant(TimeSpan now, MessageType type, PeerId via)
    {
        _redundant[(int)type]++;
        Counted(now);
    }

    void IPeerEvents.Relayed(TimeSpan now, Relay relay, PeerId via)
    {
        var pair = (relay.Sender, relay.Target);
        _relayed[pair] = _relayed.GetValueOrDefault(pair) + 1;
        if (_relayed.Count >= MaxRelayed)
        {
            _due = now;
        }

        Counted(now);
    }

    void IPeerEvents.RoundTripMeasured(TimeSpan now, PeerId other, TimeSpan roundTrip) =>
        tell(new RoundTripMeasured(now, peer, other, roundTrip));

    void IPeerEvents.PeerDiscovered(TimeSpan now, PeerInfo other) =>
        tell(new NeighbourChanged(now, peer, other.Id, PeerStatus.Unknown));

    void IPeerEvents.PeerStatusChanged(TimeSpan now, PeerId other, PeerStatus status) =>
        tell(new NeighbourChanged(now, peer, other, status));

    void IPeerEvents.PeerBanned(TimeSpan now, PeerId other) => tell(new NeighbourBanned(now, peer, other));

    void IPeerEvents.TransactionMade(TimeSpan now, Transaction transaction) =>
        tell(new TransactionMade(now, peer, transaction.Id));

    void IPeerEvents.BlockMade(TimeSpan now, Block block) => tell(new BlockMade(
        now, peer, block.Id, block.PreviousId, block.TransactionIds.Length, IsFalse: !block.HasValidId));

    void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via) =>
        tell(PeerSnapshot.Accepted(peer, now, node, via));

    void IPeerEvents.BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via) =>
        tell(new BlockOrphaned(now, peer, header.Id, header.PreviousId, header.Sender, via));

    void IPeerEvents.BlockRejected(TimeSpan now, BlockHeader header, PeerId via) =>
        tell(new BlockRejected(now, peer, header.Id, header.Sender, via));

    void IPeerEvents.TipChanged(TimeSpan now, ChainNode tip) => tell(new TipChanged(now, peer, tip.Id, tip.Height));

    void IPeerEvents.ChainReorganised(TimeSpan now, Reorganisation reorganisation) => tell(new ChainReorganised(
        now, peer, reorganisation.Left[0].Id, reorganisation.Joined[^1].Id, reorganisation.Depth));

    void IPeerEvents.Switched(TimeSpan now, Peer switched) => tell(PeerSnapshot.Switches(switched, now));

    private static long Take(ref long counter)
    {
        var count = counter;
        counter = 0;
        return count;
    }

    private void FlushDrops(TimeSpan now)
    {
        for (var i = 0; i < _dropped.Length; i++)
        {
            if (Take(ref _dropped[i]) is > 0 and var count)
            {
                tell(new MessagesDropped(now, peer, (MessageType)(i / Reasons), (DropReason)(i % Reasons), count));
            }
        }
    }

    private void Counted(TimeSpan now)
    {
        _hasCounts = true;
        if (now >= _due)
        {
            Flush(now);
        }
    }
}
