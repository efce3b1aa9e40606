using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Cuts the bytes of one connection into lines and reads them. A line that is not complete stays in the caller's
/// buffer, up to the limit; of a longer one the rest is thrown away as it comes.
/// </summary>
/// <param name="maxLineBytes">Longest line accepted, its end excluded, in bytes.</param>
public sealed class MessageReader(int maxLineBytes = WireLimits.LineBytes)
{
    // Bytes at the start of the buffer that hold no line end, as found the last time.
    private long _scanned;
    private bool _isDiscarding;

    public int MalformedLines { get; private set; }

    /// <summary>
    /// Whether the connection has had its <see cref="WireLimits.MalformedLines"/> and is to be closed.
    /// </summary>
    public bool IsExhausted => MalformedLines >= WireLimits.MalformedLines;

    /// <summary>Reads the next message and moves the buffer's start behind it.</summary>
    /// <param name="buffer">
    /// What the connection has brought and was not consumed. After <see cref="ReadOutcome.NeedMore"/>, all of it has
    /// been examined, and the next call must bring it again with more behind it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer is shorter than what the last call left.</exception>
    public ReadOutcome TryRead(
        ref ReadOnlySequence<byte> buffer, out Message? message, out MalformedReason reason)
    {
        message = null;
        reason = MalformedReason.None;
        while (TryTakeLine(ref buffer, out var line))
        {
            if (_isDiscarding)
            {
                _isDiscarding = false;
                continue;
            }

            if (line.Length > maxLineBytes + 1)
            {
                return Malformed(out reason);
            }

            var outcome = ReadLine(line, out message, out reason);
            if (outcome != ReadOutcome.NeedMore)
            {
                return outcome;
            }
        }

        // One more may be the first half of an end, which does not count.
        if (_isDiscarding || _scanned > maxLineBytes + 1)
        {
            var isNew = !_isDiscarding;
            _isDiscarding = true;
            _scanned = 0;
            buffer = buffer.Slice(buffer.End);
            return isNew ? Malformed(out reason) : ReadOutcome.NeedMore;
        }

        return ReadOutcome.NeedMore;
    }

    private bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (_scanned == 0)
        {
            var length = buffer.FirstSpan.IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = buffer.Slice(0, length);
                buffer = buffer.Slice(length + 1);
                return true;
            }
        }

        var end = buffer.Slice(_scanned).PositionOf((byte)'\n');
        if (end is { } position)
        {
            line = buffer.Slice(0, position);
            buffer = buffer.Slice(buffer.GetPosition(1, position));
            _scanned = 0;
            return true;
        }

        Assertions.That(_scanned <= buffer.Length, "What was not consumed is brought again.");
        line = default;
        _scanned = buffer.Length;
        return false;
    }

    /// <summary><see cref="ReadOutcome.NeedMore"/> for an empty line, which is nothing.</summary>
    private ReadOutcome ReadLine(in ReadOnlySequence<byte> line, out Message? message, out MalformedReason reason)
    {
        if (line.IsSingleSegment)
        {
            return ReadLine(line.FirstSpan, out message, out reason);
        }

        var length = (int)line.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        line.CopyTo(copy);
        var outcome = ReadLine(copy.AsSpan(0, length), out message, out reason);
        ArrayPool<byte>.Shared.Return(copy);
        return outcome;
    }

    private ReadOutcome ReadLine(ReadOnlySpan<byte> line, out Message? message, out MalformedReason reason)
    {
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (line.Length > maxLineBytes)
        {
            message = null;
            return Malformed(out reason);
        }

        Assertions.That(!Assertions.AreOn || !line.Contains((byte)'\n'), "A line ends at the first end.");
        if (line.IsEmpty)
        {
            message = null;
            reason = MalformedReason.None;
            return ReadOutcome.NeedMore;
        }

        var outcome = MessageCodec.Read(line, out message, out reason);
        if (outcome == ReadOutcome.Malformed)
        {
            MalformedLines++;
        }

        return outcome;
    }

    private ReadOutcome Malformed(out MalformedReason reason)
    {
        MalformedLines++;
        reason = MalformedReason.LineTooLong;
        return ReadOutcome.Malformed;
    }
}
