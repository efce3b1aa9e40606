using System.Buffers;
using System.Globalization;
using System.Text;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Reads a BLOCK line in one pass, see <see cref="FastParser"/>. It wants exactly the fields that we know, with the
/// transactions behind sender, timestamp and parent: then the text that is hashed can be written from front to back.
/// </summary>
internal ref struct PlainBlock
{
    /// <summary>A TX takes more bytes than this, so a line has not more of them than its length divided by it.</summary>
    private const int LeastTransactionBytes = 128;

    private PlainScanner _scanner;
    private ByteScratch _hashed;
    private Sha256Lanes _lanes;
    private Hash256[] _ids;
    private int[] _spans;
    private int _count;
    private bool _areValid;
    private ReadOnlySpan<byte> _type;
    private ReadOnlySpan<byte> _sender;
    private ReadOnlySpan<byte> _timestamp;
    private ReadOnlySpan<byte> _parent;
    private ReadOnlySpan<byte> _id;

    public static bool TryParse(ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept, out Message? message)
    {
        message = null;
        if (!line.StartsWith("{\"type\""u8) || line[..Math.Min(line.Length, 20)].IndexOf("\"BLOCK\""u8) < 0)
        {
            return false;
        }

        var capacity = Math.Min((line.Length / LeastTransactionBytes) + 1, WireLimits.TransactionsPerBlock);
        var block = new PlainBlock
        {
            _scanner = new PlainScanner(line),
            _hashed = new ByteScratch(line.Length + (line.Length >> 3)),
            _ids = ArrayPool<Hash256>.Shared.Rent(capacity),
            _spans = ArrayPool<int>.Shared.Rent(capacity * 2),
            _lanes = new Sha256Lanes(),
            _areValid = true,
        };
        try
        {
            return block.TryScan(capacity) && block.TryMake(line, kept, out message);
        }
        finally
        {
            block._hashed.Dispose();
            block._lanes.Dispose();
            ArrayPool<Hash256>.Shared.Return(block._ids);
            ArrayPool<int>.Shared.Return(block._spans);
        }
    }

    private bool TryScan(int capacity)
    {
        if (!_scanner.Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!_scanner.String(out var key) || !_scanner.Take((byte)':') || !TryScan(key, capacity))
            {
                return false;
            }
        }
        while (_scanner.Take((byte)','));
        return _scanner.Take((byte)'}') && _scanner.IsAtEnd
            && _hashed.Length > 0 && !_id.IsEmpty && !_type.IsEmpty;
    }

    private bool TryScan(ReadOnlySpan<byte> key, int capacity)
    {
        switch (key.Length - 2)
        {
            case 4 when key.SequenceEqual("\"type\""u8):
                return _type.IsEmpty && _scanner.String(out _type) && _type.SequenceEqual("\"BLOCK\""u8);
            case 6 when key.SequenceEqual("\"sender\""u8):
                return _sender.IsEmpty && _scanner.String(out _sender);
            case 9 when key.SequenceEqual("\"timestamp\""u8):
                return _timestamp.IsEmpty && _scanner.Number(out _timestamp);
            case 17 when key.SequenceEqual("\"previous_block_id\""u8):
                return _parent.IsEmpty && _scanner.String(out _parent);
            case 8 when key.SequenceEqual("\"block_id\""u8):
                return _id.IsEmpty && _scanner.Id(out _id);
            case 12 when key.SequenceEqual("\"transactions\""u8):
                return _hashed.Length == 0 && !_sender.IsEmpty && !_timestamp.IsEmpty && !_parent.IsEmpty
                    && TryScanTransactions(capacity);
            default:
                return false;
        }
    }

    private bool TryScanTransactions(int capacity)
    {
        _hashed.Append("{\"previous_block_id\": "u8);
        _hashed.Append(_parent);
        _hashed.Append(", \"sender\": "u8);
        _hashed.Append(_sender);
        _hashed.Append(", \"timestamp\": "u8);
        _hashed.Append(_timestamp);
        _hashed.Append(", \"transactions\": ["u8);
        if (!_scanner.Take((byte)'['))
        {
            return false;
        }

        if (!_scanner.Take((byte)']'))
        {
            do
            {
                if (_count == capacity || !TryScanTransaction())
                {
                    return false;
                }
            }
            while (_scanner.Take((byte)','));
            if (!_scanner.Take((byte)']'))
            {
                return false;
            }

            Verify();
        }

        _hashed.Append("], \"type\": \"BLOCK\"}"u8);
        return true;
    }

    private bool TryScanTransaction()
    {
        if (_count > 0)
        {
            _hashed.Append(", "u8);
        }

        var start = _hashed.Length;
        _scanner.SkipWhitespace();
        _spans[2 * _count] = _scanner.At;
        if (!PlainTransaction.TryScan(ref _scanner, mayHaveTrace: false, out var transaction))
        {
            return false;
        }

        _spans[(2 * _count) + 1] = _scanner.At;
        _ids[_count] = transaction.Id;
        transaction.WriteHashed(ref _hashed);
        var text = _hashed.Written[start..];
        if (text.Length > Sha256Lanes.MaxLength || _lanes.Count == Sha256Lanes.Lanes)
        {
            Verify();
        }

        if (text.Length > Sha256Lanes.MaxLength)
        {
            _areValid &= LedgerParser.HashOf(text) == transaction.Id;
        }
        else
        {
            _lanes.Add(text);
        }

        transaction.AddId(ref _hashed);
        _count++;
        return true;
    }

    /// <summary>Verifies those transactions that wait in the lanes, which are the last ones scanned.</summary>
    private void Verify()
    {
        Span<Hash256> hashes = stackalloc Hash256[Sha256Lanes.Lanes];
        hashes = hashes[.._lanes.Count];
        _lanes.Finish(hashes);
        _areValid &= hashes.SequenceEqual(_ids.AsSpan(_count - hashes.Length, hashes.Length));
    }

    private readonly bool TryMake(ReadOnlySpan<byte> line, ReadOnlyMemory<byte> kept, out Message? message)
    {
        message = null;
        var sender = _sender[1..^1];
        var parent = Hash256.Genesis;
        if (sender.Length is 0 or > WireLimits.PeerIdLength || sender[0] == '@'
            || !Hash256.TryParse(_id[1..^1], out var id)
            || (!_parent.SequenceEqual("\"GENESIS\""u8) && !Hash256.TryParse(_parent[1..^1], out parent)))
        {
            return false;
        }

        var header = new BlockHeader(
            new PeerId(Encoding.ASCII.GetString(sender)),
            double.Parse(_timestamp, NumberStyles.Float, CultureInfo.InvariantCulture),
            id,
            parent);
        var ids = _ids.AsSpan(0, _count).ToArray();
        var isValid = _areValid && LedgerParser.HashOf(_hashed.Written) == id && !DuplicateIds.Any(ids);
        message = new Block(
            header, ids, _spans.AsSpan(0, 2 * _count).ToArray(), LedgerParser.Keep(line, kept), isValid);
        return true;
    }
}
