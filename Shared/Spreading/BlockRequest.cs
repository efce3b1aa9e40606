using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>A block that is asked for, and who has it.</summary>
internal sealed class BlockRequest
{
    private const int MaxSources = 8;

    private readonly BlockSource[] _sources = new BlockSource[MaxSources];
    private int _count = 1;
    private int _next;

    public BlockRequest(Hash256 id, BlockSource first)
    {
        Id = id;
        First = first;
        _sources[0] = first;
    }

    public Hash256 Id { get; }

    /// <summary>Who named it first.</summary>
    public BlockSource First { get; }

    public ReadOnlySpan<BlockSource> Sources => _sources.AsSpan(0, _count);

    /// <summary>Null while it waits for its turn.</summary>
    public BlockSource? AskedFrom { get; private set; }

    /// <summary>When that one was asked.</summary>
    public TimeSpan AskedAt { get; private set; }

    /// <summary>
    /// Who was asked first, and when: what comes from it answers that question. Null once it was asked again, since an
    /// answer then may be to either (Karn and Partridge, "Improving round-trip time estimates", 1987).
    /// </summary>
    public BlockSource? FirstAsked { get; private set; }

    public TimeSpan FirstAskedAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Whether somebody announced it; otherwise it is an old one that we lack.</summary>
    public bool IsNews { get; set; }

    /// <summary>
    /// Whether it waits to be asked for: it is neither here nor given up, and nobody is asked for it.
    /// </summary>
    public bool IsOpen => AskedFrom is null && !IsOver;

    /// <summary>It is here or given up.</summary>
    public bool IsOver { get; private set; }

    public void Ask(TimeSpan now, BlockSource source)
    {
        Assertions.That(IsOpen, "One peer is asked at a time.");
        Assertions.That(
            !Assertions.AreOn || Sources.Contains(source),
            "Only who says that it has the block is asked for it.");
        (AskedFrom, AskedAt) = (source, now);
        source.InFlight++;
        _next = Sources.IndexOf(source) + 1;
        if (Attempts++ == 0)
        {
            (FirstAsked, FirstAskedAt) = (source, now);
        }
        else if (source == FirstAsked)
        {
            FirstAsked = null;
        }
    }

    /// <summary>Who was asked is asked no more.</summary>
    /// <returns>Whether anybody was.</returns>
    public bool Withdraw()
    {
        if (AskedFrom is null)
        {
            return false;
        }

        AskedFrom.InFlight--;
        Assertions.That(AskedFrom.InFlight >= 0, "Who is asked no more was asked before.");
        AskedFrom = null;
        return true;
    }

    public void End()
    {
        Assertions.That(!IsOver, "It ends once.");
        IsOver = true;
    }

    /// <summary>Notes one more. If there are too many, it takes the place of one that answers worse.</summary>
    /// <returns>False if it was one already, or there is no place for it.</returns>
    public bool TryAddSource(BlockSource source)
    {
        var worst = -1;
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_sources[i], source))
            {
                return false;
            }

            if (AskedFrom != _sources[i] && (worst < 0 || _sources[i].Unanswered > _sources[worst].Unanswered))
            {
                worst = i;
            }
        }

        if (_count < MaxSources)
        {
            _sources[_count++] = source;
            return true;
        }

        if (_sources[worst].Unanswered <= source.Unanswered)
        {
            return false;
        }

        _sources[worst] = source;
        return true;
    }

    public void RemoveSource(BlockSource source)
    {
        var at = Sources.IndexOf(source);
        if (at >= 0)
        {
            _sources.AsSpan((at + 1).._count).CopyTo(_sources.AsSpan(at));
            _count--;
        }

        Assertions.That(!Assertions.AreOn || !Sources.Contains(source), "A source is there once at most.");
    }

    /// <returns>
    /// Of the usable sources the one that has left fewest questions unanswered, in turn among equals; null when there
    /// is none.
    /// </returns>
    public BlockSource? NextSource()
    {
        BlockSource? best = null;
        for (var i = 0; i < _count; i++)
        {
            var source = _sources[(_next + i) % _count];
            if (source.Peer.IsUsable && (best is null || source.Unanswered < best.Unanswered))
            {
                best = source;
            }
        }

        return best;
    }
}
