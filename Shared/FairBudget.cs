namespace Blockchain.Shared;

/// <summary>
/// Room that many share, bounded in number and in bytes. When there is more than fits, the caller takes something away
/// from the source that has most of it: so each of N who want much gets an Nth of the room in the end, one who wants
/// little
/// gets all of it, and the one that fills the room loses first (max-min fairness: D. Bertsekas and R. Gallager, "Data
/// Networks", 1992, section 6.5.2).
/// </summary>
/// <param name="count">Things at most.</param>
/// <param name="bytes">Bytes at most, of all things together.</param>
public sealed class FairBudget<TSource>(long count, long bytes)
    where TSource : notnull
{
    private readonly Dictionary<TSource, Use> _uses = [];
    private Use _total;

    public long Count => _total.Count;

    public long Bytes => _total.Bytes;

    /// <summary>Whether there is more than fits.</summary>
    public bool IsExceeded => Count > count || Bytes > bytes;

    /// <summary>Takes room for one thing, whether or not it is there.</summary>
    public void Take(TSource source, long size)
    {
        Assertions.That(size >= 0, "A thing that takes no room at least leaves none.");
        ref var use = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _uses, source, out _);
        use = use.With(size);
        _total = _total.With(size);
    }

    public void GiveBack(TSource source, long size)
    {
        ref var use = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_uses, source);
        use = use.Without(size);
        _total = _total.Without(size);
        Assertions.That(use is { Count: >= 0, Bytes: >= 0 }, "Nothing is given back that was not taken.");
        Assertions.That(_total.Count >= use.Count && _total.Bytes >= use.Bytes, "All have at least what one has.");
        if (use.Count == 0)
        {
            _uses.Remove(source);
        }
    }

    /// <summary>Who has most of what is exceeded: of the bytes or else of the number.</summary>
    public TSource Largest()
    {
        Assertions.That(_uses.Count > 0, "Somebody has something.");
        return Bytes > bytes ? _uses.MaxBy(use => use.Value.Bytes).Key : _uses.MaxBy(use => use.Value.Count).Key;
    }

    private readonly record struct Use(long Count, long Bytes)
    {
        public Use With(long size) => new(Count + 1, Bytes + size);

        public Use Without(long size) => new(Count - 1, Bytes - size);
    }
}
