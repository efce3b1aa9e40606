using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Blockchain.Events;

namespace Blockchain.Observatory.Recordings;

/// <summary>
/// A tape as JSON lines: what the file is, then one event per line. Logs of simulations have the same form.
/// </summary>
public static class TapeFile
{
    public const string ContentType = "application/jsonl";

    private const int LongestLine = 64 * 1024;

    private static readonly byte[] FirstLine =
        Encoding.UTF8.GetBytes($$"""{"schema":"{{EventJson.Schema}}","version":{{EventJson.Version}}}""");

    public static async Task WriteAsync(Tape tape, Stream stream, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        writer.Write(FirstLine);
        writer.Write("\n"u8);
        foreach (var (at, happened) in tape.Events)
        {
            writer.Write(at == happened.Time ? EventJson.Write(happened) : EventJson.Write(happened, at));
            writer.Write("\n"u8);
            if (writer.UnflushedBytes > LongestLine)
            {
                await writer.FlushAsync(cancellation);
            }
        }

        await writer.CompleteAsync();
    }

    /// <summary>
    /// Reads a tape. Each event's place is the one that its line says, else its own time, or that of the one before
    /// where it tells of the past. Kinds that this version does not know are passed over.
    /// </summary>
    /// <param name="limit">Events beyond these are not read.</param>
    /// <exception cref="InvalidDataException">
    /// It is no such file; the message says what is wrong, and in which line.
    /// </exception>
    public static async Task<Tape> ReadAsync(Stream stream, int limit, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var events = new List<RecordedEvent>();
        var at = TimeSpan.Zero;
        var number = 0;
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        while (events.Count < limit)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (events.Count < limit && TryTakeLine(ref buffer, read.IsCompleted, out var line))
            {
                if (Read(line, ++number) is { } heard)
                {
                    at = heard.At > at ? heard.At : at;
                    events.Add(heard with { At = at });
                }
            }

            if (read.IsCompleted)
            {
                break;
            }

            if (buffer.Length > LongestLine)
            {
                throw new InvalidDataException($"Line {number + 1} is longer than {LongestLine} bytes.");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        return number > 0 ? new Tape([.. events]) : throw new InvalidDataException("The file is empty.");
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        buffer = isLast ? buffer.Slice(buffer.End) : buffer;
        return isLast && !line.IsEmpty;
    }

    /// <returns>Null where the line holds no event.</returns>
    private static RecordedEvent? Read(ReadOnlySequence<byte> line, int number) =>
        EventLine.Read(line.IsSingleSegment ? line.FirstSpan : line.ToArray(), number) is var (at, happened)
            ? new RecordedEvent(at, happened)
            : null;
}
