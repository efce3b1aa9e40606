using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Storage;

/// <summary>What was read from a node's file: rows whose checksum is right.</summary>
internal sealed class StoredRows
{
    private readonly SortedList<long, StoredBlock> _gaps = [];
    private readonly List<StoredBlock> _inOrder = [];
    private readonly HashSet<Hash256> _ids = [];
    private readonly Dictionary<PeerId, Standing> _neighbours = [];

    /// <summary>Whose file it is; null: not found.</summary>
    public PeerId? Owner { get; private set; }

    /// <summary>In the order of acceptance.</summary>
    public IReadOnlyList<StoredBlock> Blocks
    {
        get
        {
            if (_gaps.Count > 0)
            {
                _inOrder.AddRange(_gaps.Values);
                _gaps.Clear();
            }

            return _inOrder;
        }
    }

    public IReadOnlyCollection<Standing> Neighbours => _neighbours.Values;

    /// <summary>Whether anything was found that only a node writes.</summary>
    public bool IsAny => Owner is not null || _ids.Count > 0 || _neighbours.Count > 0;

    public bool Contains(Hash256 id) => _ids.Contains(id);

    public static uint Checksum(string peer, long a, long b, long c) =>
        BlockRecord.Checksum(a, b, BitConverter.GetBytes(c), Encoding.UTF8.GetBytes(peer));

    /// <param name="json">Null on a light peer.</param>
    /// <returns>False if the row is not as it was written; so do the others.</returns>
    public bool AddBlock(long number, long accepted, ReadOnlySpan<byte> record, byte[]? json, long checksum)
    {
        if (BlockRecord.Checksum(number, accepted, record, json) != checksum)
        {
            return false;
        }

        var block = BlockRecord.Read(accepted, record, json);
        if (!_ids.Add(block.Header.Id))
        {
            return true;
        }

        if (_gaps.Count == 0 && number == _inOrder.Count + 1)
        {
            _inOrder.Add(block);
        }
        else
        {
            // Pages of a damaged file are not read in the order of their rows.
            _gaps.TryAdd(number, block);
        }

        return true;
    }

    /// <summary>Adds blocks that were written after those that are here.</summary>
    public void Add(IEnumerable<StoredBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (_ids.Add(block.Header.Id))
            {
                _inOrder.Add(block);
            }
        }
    }

    public bool AddNeighbour(string peer, double points, long time, long bannedUntil, long checksum)
    {
        if (Checksum(peer, BitConverter.DoubleToInt64Bits(points), time, bannedUntil) != checksum)
        {
            return false;
        }

        // How many offences the points were for is not kept: what is not forgiven counts.
        var standing = new Standing(
            new PeerId(peer),
            (int)Math.Ceiling(points),
            new Score(points, new TimeSpan(time)),
            bannedUntil == 0 ? null : new TimeSpan(bannedUntil));
        if (!_neighbours.TryGetValue(standing.Peer, out var other) || other.Score.At <= standing.Score.At)
        {
            _neighbours[standing.Peer] = standing;
        }

        return true;
    }

    public bool AddOwner(string peer, long version, long checksum)
    {
        var isIntact = version == NodeSchema.Version && Checksum(peer, version, 0, 0) == checksum;
        if (isIntact)
        {
            Owner = new PeerId(peer);
        }

        return isIntact;
    }
}
