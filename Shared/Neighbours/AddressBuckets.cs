namespace Blockchain.Shared.Neighbours;

/// <summary>One of the two tables of an <see cref="AddressTable"/>: buckets of places, each for one address.</summary>
internal sealed class AddressBuckets(int buckets)
{
    /// <summary>ADDRMAN_BUCKET_SIZE of Bitcoin Core's src/addrman.cpp.</summary>
    public const int BucketSize = 64;

    private readonly Dictionary<int, KnownAddress> _at = [];

    /// <summary>The places that are taken, in any order, and where each is in that order.</summary>
    private readonly List<int> _taken = [];
    private readonly Dictionary<int, int> _order = [];

    public int Count => _taken.Count;

    public IEnumerable<int> Taken => _taken;

    public KnownAddress? this[int place] => _at.GetValueOrDefault(place);

    public void Put(int place, KnownAddress address)
    {
        Assertions.That(place >= 0 && place < buckets * BucketSize, "A place is in one of the buckets.");
        Assertions.That(_at.TryAdd(place, address), "Only a free place is taken.");
        _order.Add(place, _taken.Count);
        _taken.Add(place);
    }

    public void Clear(int place)
    {
        _at.Remove(place);
        _order.Remove(place, out var index);
        var last = _taken[^1];
        _taken[index] = last;
        _taken.RemoveAt(_taken.Count - 1);
        if (last != place)
        {
            _order[last] = index;
        }
    }

    /// <summary>
    /// An address as one finds it who looks at random buckets and positions until one is taken: of the taken places,
    /// each alike.
    /// </summary>
    public KnownAddress Draw(SeededRandom random) => _at[_taken[random.Next(_taken.Count)]];

    /// <summary>All places that an address has.</summary>
    public int[] PlacesOf(KnownAddress address) => [.. _taken.Where(place => _at[place] == address)];
}
