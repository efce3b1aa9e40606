using System.Buffers.Binary;
using System.Text;

namespace Blockchain.PeerNode.Storage;

/// <summary>
/// Finds the rows in the pages of a SQLite file and its write-ahead log without SQLite, which gives up whole branches
/// of a damaged tree: every page is read for itself, as if it had rows, wherever it stands, and the checksum of a
/// row says whether it is one.
/// </summary>
/// <remarks>The format: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1 (records), 4
/// (write-ahead log).</remarks>
internal sealed class PageScan
{
    private const int PageSize = NodeSchema.PageSize;
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    /// <summary>A row longer than any that can have been written; a length beyond it is no length.</summary>
    private const int LongestRow = 64 * 1024 * 1024;

    /// <summary>The columns of a block; the other tables have as many.</summary>
    private const int Columns = 5;

    private readonly StoredRows _rows;

    /// <summary>The pages of the file in order, then those of the log.</summary>
    private readonly List<ReadOnlyMemory<byte>> _pages = [];

    /// <summary>Which page has a number: the youngest of the log, or that of the file.</summary>
    private readonly Dictionary<uint, int> _byNumber = [];

    private PageScan(StoredRows rows) => _rows = rows;

    /// <summary>Adds all rows that are found.</summary>
    /// <param name="file">The bytes of the file; empty: none.</param>
    /// <param name="log">Those of its write-ahead log.</param>
    public static void Read(ReadOnlyMemory<byte> file, ReadOnlyMemory<byte> log, StoredRows rows)
    {
        var scan = new PageScan(rows);
        var ofFile = scan.AddFile(file);
        scan.AddLog(log);
        scan.ReadPages(ofFile);
    }

    /// <summary>Adds the rows that the log has.</summary>
    /// <inheritdoc cref="Read"/>
    public static void ReadLog(ReadOnlyMemory<byte> file, ReadOnlyMemory<byte> log, StoredRows rows)
    {
        var scan = new PageScan(rows);
        var ofFile = scan.AddFile(file);
        scan.AddLog(log);
        for (var page = ofFile; page < scan._pages.Count; page++)
        {
            scan.ReadPage(scan._pages[page].Span, headerAt: 0);
        }
    }

    private int AddFile(ReadOnlyMemory<byte> file)
    {
        for (var at = 0L; at < file.Length; at += PageSize)
        {
            _byNumber[(uint)_pages.Count + 1] = _pages.Count;
            _pages.Add(file.Slice((int)at, (int)Math.Min(PageSize, file.Length - at)));
        }

        return _pages.Count;
    }

    private void AddLog(ReadOnlyMemory<byte> log)
    {
        for (var at = LogHeader; at + FrameHeader < log.Length; at += FrameHeader + PageSize)
        {
            var number = BinaryPrimitives.ReadUInt32BigEndian(log.Span[at..]);
            _byNumber[number] = _pages.Count;
            _pages.Add(log.Slice(at + FrameHeader, Math.Min(PageSize, log.Length - at - FrameHeader)));
        }
    }

    private void ReadPages(int ofFile)
    {
        for (var page = 0; page < _pages.Count; page++)
        {
            // The first page of the file begins with the header of the file.
            ReadPage(_pages[page].Span, headerAt: page == 0 && ofFile > 0 ? 100 : 0);
        }
    }

    private void ReadPage(ReadOnlySpan<byte> page, int headerAt)
    {
        // Whatever the header says the page is, and how many rows it has: all that could be a pointer to a row is
        // tried, up to the first row.
        var firstRow = page.Length;
        for (var at = headerAt + 8; at + 2 <= firstRow; at += 2)
        {
            var cell = BinaryPrimitives.ReadUInt16BigEndian(page[at..]);
            if (cell >= at + 2 && cell < page.Length && TryReadRow(page[cell..]))
            {
                firstRow = Math.Min(firstRow, cell);
            }
        }
    }

    private bool TryReadRow(ReadOnlySpan<byte> cell) =>
        TryTakeNumber(ref cell, out var length)
        && TryTakeNumber(ref cell, out var rowId)
        && length is > 0 and <= LongestRow
        && TryCollect(cell, (int)length) is { } row
        && TryReadColumns(rowId, row);

    /// <summary>The bytes of a row, of which a long one goes on in a chain of pages of its own.</summary>
    private byte[]? TryCollect(ReadOnlySpan<byte> cell, int length)
    {
        const int most = PageSize - 35;
        const int least = ((PageSize - 12) * 32 / 255) - 23;
        var local = length;
        if (length > most)
        {
            var wanted = least + ((length - least) % (PageSize - 4));
            local = wanted <= most ? wanted : least;
        }

        if (cell.Length < local || (local < length && cell.Length < local + 4))
        {
            return null;
        }

        // Not before its pages are there: a length that is none would have memory taken for nothing.
        var next = local < length ? BinaryPrimitives.ReadUInt32BigEndian(cell[local..]) : 0;
        if (local < length && !(_byNumber.ContainsKey(next) && (length - local) / PageSize <= _byNumber.Count))
        {
            return null;
        }

        var row = new byte[length];
        cell[..local].CopyTo(row);
        for (var at = local; at < length;)
        {
            if (!_byNumber.TryGetValue(next, out var index) || _pages[index].Length < PageSize)
            {
                return null;
            }

            var page = _pages[index].Span;
            var part = page[4..Math.Min(PageSize, 4 + length - at)];
            part.CopyTo(row.AsSpan(at));
            at += part.Length;
            next = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        return row;
    }

    private bool TryReadColumns(long rowId, ReadOnlySpan<byte> row)
    {
        var header = row;
        if (!TryTakeNumber(ref header, out var headerLength) || headerLength < 0 || headerLength > row.Length)
        {
            return false;
        }

        header = row[(row.Length - header.Length)..(int)Math.Max(headerLength, row.Length - header.Length)];
        var body = row[(int)headerLength..];
        Span<long> types = stackalloc long[Columns];
        Span<Range> places = stackalloc Range[Columns];
        var at = 0;
        for (var column = 0; column < Columns; column++)
        {
            if (!TryTakeNumber(ref header, out types[column]) || SizeOf(types[column]) > body.Length - at)
            {
                return false;
            }

            places[column] = at..(at + (int)SizeOf(types[column]));
            at += (int)SizeOf(types[column]);
        }

        return Take(rowId, types, places, body);
    }

    private bool Take(long rowId, ReadOnlySpan<long> types, ReadOnlySpan<Range> places, ReadOnlySpan<byte> body)
    {
        if (types[0] == 0 && IsBlob(types[2]) && (types[3] == 0 || IsBlob(types[3])))
        {
            return _rows.AddBlock(
                rowId,
                Number(types[1], body[places[1]]),
                body[places[2]],
                types[3] == 0 ? null : body[places[3]].ToArray(),
                Number(types[4], body[places[4]]));
        }

        if (types[0] == 0 && IsText(types[1]))
        {
            return _rows.AddOwner(
                Encoding.UTF8.GetString(body[places[1]]),
                Number(types[2], body[places[2]]),
                Number(types[4], body[places[4]]));
        }

        return IsText(types[0]) && _rows.AddNeighbour(
            Encoding.UTF8.GetString(body[places[0]]),
            Real(types[1], body[places[1]]),
            Number(types[2], body[places[2]]),
            Number(types[3], body[places[3]]),
            Number(types[4], body[places[4]]));
    }

    private static bool IsBlob(long type) => type >= 12 && type % 2 == 0;

    private static bool IsText(long type) => type >= 13 && type % 2 == 1;

    private static long SizeOf(long type) => type switch
    {
        < 0 or > 2L * LongestRow => long.MaxValue,
        0 or 8 or 9 or 10 or 11 => 0,
        <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        _ => (type - 12) / 2,
    };

    private static double Real(long type, ReadOnlySpan<byte> value) =>
        type == 7 ? BinaryPrimitives.ReadDoubleBigEndian(value) : Number(type, value);

    /// <summary>A signed integer of one to eight bytes, or one of the two that need none.</summary>
    private static long Number(long type, ReadOnlySpan<byte> value)
    {
        if (value.Length == 0)
        {
            return type == 9 ? 1 : 0;
        }

        long number = (sbyte)value[0];
        foreach (var next in value[1..Math.Min(value.Length, sizeof(long))])
        {
            number = (number << 8) | next;
        }

        return number;
    }

    /// <summary>Seven bits a byte, the highest bit says that there are more; a ninth byte has eight.</summary>
    private static bool TryTakeNumber(ref ReadOnlySpan<byte> from, out long number)
    {
        number = 0;
        for (var i = 0; i < from.Length && i < 9; i++)
        {
            number = i == 8 ? (number << 8) | from[i] : (number << 7) | (uint)(from[i] & 0x7F);
            if (i == 8 || from[i] < 0x80)
            {
                from = from[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
