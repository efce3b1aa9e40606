using System.Numerics;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// One table of a <see cref="TransactionIndex"/>. An entry: height in the high 32 bits, fingerprint in the low.
/// </summary>
internal sealed class TransactionIndexShard
{
    private const int SmallestSize = 16;

    private ulong[] _entries;
    private int _count;

    /// <param name="capacity">Number of entries to have room for at first.</param>
    public TransactionIndexShard(int capacity) =>
        _entries = capacity == 0
            ? []
            : new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, SmallestSize))];

    private int Mask => _entries.Length - 1;

    /// <summary>What is at an entry's home, whosever that is.</summary>
    public ulong Peek(uint fingerprint) => _count == 0 ? 0 : _entries[(int)fingerprint & Mask];

    /// <returns>The height of the block that has the transaction; zero if none has.</returns>
    public int Find(uint fingerprint, Hash256 id, List<ChainNode> main)
    {
        if (_count == 0)
        {
            return 0;
        }

        for (var i = (int)fingerprint & Mask; _entries[i] != 0; i = (i + 1) & Mask)
        {
            if ((uint)_entries[i] == fingerprint && Has(main, HeightOf(_entries[i]), id))
            {
                return HeightOf(_entries[i]);
            }
        }

        return 0;
    }

    /// <summary>
    /// Adds <c>ids[position]</c> of the block at this height, unless the chain or the block has it already.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<Hash256> ids, int position, uint fingerprint, int height, List<ChainNode> main)
    {
        // Three quarters full at most.
        if (4 * (_count + 1L) > 3L * _entries.Length)
        {
            Grow();
        }

        var i = (int)fingerprint & Mask;
        for (; _entries[i] != 0; i = (i + 1) & Mask)
        {
            if ((uint)_entries[i] == fingerprint)
            {
                var other = HeightOf(_entries[i]);
                if (other == height ? ids[..position].Contains(ids[position]) : Has(main, other, ids[position]))
                {
                    return false;
                }
            }
        }

        _entries[i] = Entry(fingerprint, height);
        _count++;
        return true;
    }

    public void Remove(uint fingerprint, int height)
    {
        var i = (int)fingerprint & Mask;
        while (_entries[i] != Entry(fingerprint, height))
        {
            i = (i + 1) & Mask;
        }

        // Moves back those entries that the gap would hide from a search that starts at their home.
        for (var next = (i + 1) & Mask; _entries[next] != 0; next = (next + 1) & Mask)
        {
            var home = (int)(uint)_entries[next] & Mask;
            if (((next - home) & Mask) >= ((next - i) & Mask))
            {
                _entries[i] = _entries[next];
                i = next;
            }
        }

        _entries[i] = 0;
        _count--;
    }

    public void MoveTo(Func<uint, TransactionIndexShard> shardOf)
    {
        foreach (var entry in _entries)
        {
            if (entry != 0)
            {
                shardOf((uint)entry).Place(entry);
            }
        }
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new ulong[Math.Max(SmallestSize, 2 * old.Length)];
        _count = 0;
        foreach (var entry in old)
        {
            if (entry != 0)
            {
                Place(entry);
            }
        }
    }

    /// <summary>Puts an entry that is known to be absent where there is room enough.</summary>
    private void Place(ulong entry)
    {
        var i = (int)(uint)entry & Mask;
        while (_entries[i] != 0)
        {
            i = (i + 1) & Mask;
        }

        _entries[i] = entry;
        _count++;
    }

    private static ulong Entry(uint fingerprint, int height) => ((ulong)(uint)height << 32) | fingerprint;

    private static int HeightOf(ulong entry) => (int)(entry >> 32);

    private static bool Has(List<ChainNode> main, int height, Hash256 id) =>
        main[height - 1].TransactionIds.Contains(id);
}
