using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Simulation.Engine;

/// <summary>One direction between two peers, from its first message on.</summary>
internal struct Link
{
    public SimulatedPeer From;

    /// <summary>Null: a name that no peer has.</summary>
    public SimulatedPeer? To;

    /// <summary>The receiver's life in which <see cref="Via"/> is its own view of the sender.</summary>
    public int Life;

    /// <summary>Index into the latencies between regions.</summary>
    public int RegionPair;

    /// <summary>An invariant looks at what it delivers.</summary>
    public bool IsWatched;

    /// <summary>What the two peers add to each message.</summary>
    public long DelayTicks;

    /// <summary>Of the slowest piece of line between the two; zero: unlimited.</summary>
    public double TicksPerByte;

    /// <summary>Whom the receiver takes the sender for; null: not asked yet, or for a stranger.</summary>
    public RemotePeer? Via;

    public SplitMix64 Random;
}

/// <summary>
/// All links by number. A sender's <see cref="RemotePeer.HostTag"/> remembers the number, so that no name is looked up
/// for a message; the links of one sender, made as it first greets its neighbours, are next to each other.
/// </summary>
/// <param name="capacity">How many there will be, as far as is known.</param>
internal sealed class LinkTable(ulong seed, int capacity)
{
    private readonly Dictionary<(int From, int To), int> _numbers = new(capacity);

    // Number zero is none: a tag is zero at first.
    private Link[] _links = new Link[capacity + 1];
    private int _count = 1;

    public ref Link this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _links[number];
    }

    /// <summary>
    /// Asks for the link after the next to be fetched: what goes to one neighbour mostly goes to all of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchAfter(int number) => Prefetch.Value(ref _links[Math.Min(number + 2, _links.Length - 1)]);

    public int NumberOf(SimulatedPeer from, SimulatedPeer? to, out bool isNew)
    {
        var (fromIndex, toIndex) = (from.Index, to?.Index ?? -1);
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (fromIndex, toIndex), out var exists);
        isNew = !exists;
        if (exists)
        {
            return number;
        }

        if (_count == _links.Length)
        {
            Array.Resize(ref _links, 2 * _count);
        }

        // A stream for each pair of peers, whenever they first talk.
        var random = new SplitMix64(SplitMix64.SeedOf(seed, (ulong)fromIndex + 1, (ulong)toIndex + 1));
        _links[_count] = new Link { From = from, To = to, Random = random };
        number = _count;
        return _count++;
    }
}
