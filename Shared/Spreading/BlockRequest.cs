using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Spreading;

/// <summary>A block that is asked for, and who has it.</summary>
internal sealed class BlockRequest
{
    private const int MaxSources = 8;

    private readonly RemotePeer[] _sources = new RemotePeer[MaxSources];
    private int _count = 1;
    private int _next;

    public BlockRequest(RemotePeer first) => _sources[0] = first;

    public ReadOnlySpan<RemotePeer> Sources => _sources.AsSpan(0, _count);

    /// <summary>Null while it waits for its turn.</summary>
    public RemotePeer? AskedFrom { get; set; }

    /// <summary>
    /// Who was asked first, and when: what comes from it answers that question. Null once it was asked again, since an
    /// answer then may be to either (Karn and Partridge, "Improving round-trip time estimates", 1987).
    /// </summary>
    public RemotePeer? FirstAsked { get; private set; }

    public TimeSpan FirstAskedAt { get; private set; }

    public bool IsInFlight => AskedFrom is not null;

    public int Attempts { get; private set; }

    /// <summary>Whether somebody announced it; otherwise it is an old one that we lack.</summary>
    public bool IsNews { get; set; }

    public void Ask(TimeSpan now, RemotePeer source)
    {
        Assertions.That(!IsInFlight, "One peer is asked at a time.");
        Assertions.That(
            !Assertions.AreOn || Sources.Contains(source),
            "Only who says that it has the block is asked for it.");
        AskedFrom = source;
        if (Attempts++ == 0)
        {
            (FirstAsked, FirstAskedAt) = (source, now);
        }
        else if (source == FirstAsked)
        {
            FirstAsked = null;
        }
    }

    /// <returns>False if it was one already.</returns>
    public bool AddSource(RemotePeer source)
    {
        foreach (var known in Sources)
        {
            if (ReferenceEquals(known, source))
            {
                return false;
            }
        }

        if (_count < MaxSources)
        {
            _sources[_count++] = source;
        }

        return true;
    }

    /// <returns>Whether others are left.</returns>
    public bool RemoveSource(RemotePeer source)
    {
        var at = Sources.IndexOf(source);
        if (at >= 0)
        {
            _sources.AsSpan((at + 1).._count).CopyTo(_sources.AsSpan(at));
            _count--;
        }

        Assertions.That(!Assertions.AreOn || !Sources.Contains(source), "A source is there once at most.");

        return _count > 0;
    }

    /// <returns>The next usable source, in turn; null when there is none.</returns>
    public RemotePeer? NextSource()
    {
        for (var i = 0; i < _count; i++)
        {
            var source = _sources[_next++ % _count];
            if (source.IsUsable)
            {
                return source;
            }
        }

        return null;
    }
}
