using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>
/// The last blocks. Those go first that were made first; the time that a maker claims counts only as far as it is not
/// later than the first that was heard of the block, so that none stays by claiming to come from the future.
/// </summary>
internal sealed class BlockTree(int limit, int recentLimit)
{
    private readonly Dictionary<Hash256, Entry> _blocks = [];
    private readonly Queue<Arrival> _recent = [];
    private ImmutableArray<BlockState> _snapshot;
    private ImmutableArray<Arrival> _recentSnapshot;
    private long _arrivals;
    private int _firstSeen;

    public ImmutableArray<BlockState> Snapshot() => _snapshot.IsDefault
        ? _snapshot =
        [
            .. _blocks.Values.OrderBy(block => block.Height).ThenBy(block => block.Made).ThenBy(block => block.Id)
                .Select(block => block.ToState()),
        ]
        : _snapshot;

    public ImmutableArray<Arrival> RecentArrivals() =>
        _recentSnapshot.IsDefault ? _recentSnapshot = [.. _recent] : _recentSnapshot;

    public void Apply(PeerEvent happened)
    {
        switch (happened)
        {
            case BlockMade made:
                if (Seen(made.Block, made.Parent, made.Peer, made.Time, made.Time) is { } own)
                {
                    own.Transactions = made.Transactions;
                    own.IsFalse = made.IsFalse;
                    own.SetHeight(HeightAbove(made.Parent));
                }

                break;
            case BlockAccepted accepted:
                if (Seen(accepted.Block, accepted.Parent, accepted.Maker, accepted.Made, accepted.Time) is { } block)
                {
                    block.SetHeight(accepted.Height);
                    block.Waiting.Remove(accepted.Peer);
                    Arrive(block, accepted);
                }

                break;
            case BlockOrphaned orphaned:
                if (Seen(orphaned.Block, orphaned.Parent, orphaned.Maker, orphaned.Time, orphaned.Time) is { } orphan
                    && !orphan.Arrivals.ContainsKey(orphaned.Peer))
                {
                    orphan.Waiting.Add(orphaned.Peer);
                }

                break;
            case BlockRejected rejected:
                if (Seen(rejected.Block, null, rejected.Maker, rejected.Time, rejected.Time) is { } refused)
                {
                    refused.Rejected.Add(rejected.Peer);
                    refused.WhyRejected = rejected.Why.Length > 0 ? rejected.Why : refused.WhyRejected;
                }

                break;
            case TipChanged tip:
                Seen(tip.Block, null, null, tip.Time, tip.Time)?.SetHeight(tip.Height);
                break;
        }
    }

    private void Arrive(Entry block, BlockAccepted accepted)
    {
        if (block.Arrivals.TryGetValue(accepted.Peer, out var before) && before.Time <= accepted.Time)
        {
            return;
        }

        var arrival = new Arrival(++_arrivals, block.Id, accepted.Peer, accepted.Via, accepted.Time);
        block.Arrivals[accepted.Peer] = arrival;
        _recent.Enqueue(arrival);
        if (_recent.Count > recentLimit)
        {
            _recent.Dequeue();
        }

        _recentSnapshot = default;
    }

    private int HeightAbove(Hash256 parent) =>
        parent.IsGenesis ? 1 : _blocks.TryGetValue(parent, out var known) && known.Height > 0 ? known.Height + 1 : 0;

    /// <returns>Null if the block is older than all that are kept.</returns>
    private Entry? Seen(Hash256 id, Hash256? parent, PeerId? maker, TimeSpan made, TimeSpan heard)
    {
        var time = made < heard ? made : heard;
        if (!_blocks.TryGetValue(id, out var block))
        {
            if (_blocks.Count >= limit)
            {
                var oldest = _blocks.Values.MinBy(other => other.Made)!;
                if (oldest.Made >= time)
                {
                    return null;
                }

                _blocks.Remove(oldest.Id);
            }

            _blocks.Add(id, block = new Entry(id, new BlockMark(_firstSeen++), time));
        }

        block.Learn(parent, maker, time);
        _snapshot = default;
        return block;
    }

    private sealed class Entry(Hash256 id, BlockMark mark, TimeSpan made)
    {
        private Hash256? _parent;
        private PeerId? _maker;
        private BlockState? _state;

        public Hash256 Id => id;

        public TimeSpan Made { get; private set; } = made;

        public int Height { get; private set; }

        public int? Transactions { get; set; }

        public bool IsFalse { get; set; }

        public Dictionary<PeerId, Arrival> Arrivals { get; } = [];

        public SortedSet<PeerId> Waiting { get; } = [];

        public SortedSet<PeerId> Rejected { get; } = [];

        public string? WhyRejected { get; set; }

        /// <summary>Whatever an event tells first of all; the caller may go on to change the entry.</summary>
        public void Learn(Hash256? parent, PeerId? maker, TimeSpan time)
        {
            _state = null;
            _parent ??= parent;
            _maker ??= maker;
            if (time < Made)
            {
                Made = time;
            }
        }

        public void SetHeight(int height) => Height = height > 0 ? height : Height;

        public BlockState ToState() => _state ??= new BlockState(
            id,
            _parent,
            Height,
            _maker,
            Made,
            mark,
            Transactions,
            IsFalse,
            [.. Arrivals.Values.OrderBy(arrival => arrival.Time).ThenBy(arrival => arrival.Number)],
            [.. Waiting],
            [.. Rejected])
        {
            WhyRejected = WhyRejected,
        };
    }
}
