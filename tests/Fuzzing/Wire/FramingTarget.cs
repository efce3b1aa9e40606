using System.Buffers;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Wire;

/// <summary>
/// The bytes of one connection: however they are cut into pieces, the same lines come out, those of a slow rule that
/// has all of them before it; and never more is kept than the limit of a line.
/// </summary>
public sealed class FramingTarget : IFuzzTarget
{
    /// <summary>Short, so that a few lines meet it.</summary>
    private const int LongestLine = 400;

    public string Name => "framing";

    public byte[] Draw(SeededRandom random)
    {
        var stream = random.Many(0, 6, () => Line(random)).SelectMany(line => line).ToArray();
        return random.Edited(stream, "\r\n\n\n{}"u8);
    }

    public IReadOnlyList<byte[]> PartsOf(byte[] input) => [.. input.Chunk(1)];

    public void Check(byte[] input)
    {
        var expected = SlowLines(input);
        foreach (var pieces in (int[])[1, 2, 7, 63, 400, 401, int.MaxValue])
        {
            FuzzException.UnlessSameList(expected, Read(input, pieces), $"lines of pieces of {pieces}");
        }
    }

    private static byte[] Line(SeededRandom random)
    {
        var end = random.Pick("\n", "\n", "\n", "\r\n", "\n\n", "");
        var line = random.Next(6) switch
        {
            0 => [],
            1 => [.. Enumerable.Repeat((byte)'x', random.Within(LongestLine - 2, LongestLine + 3))],
            2 => Padded(random.Within(LongestLine - 2, LongestLine + 2)),
            _ => LineDraw.Draw(random),
        };
        return [.. line, .. Encoding.ASCII.GetBytes(end)];
    }

    /// <summary>A message of so many bytes.</summary>
    private static byte[] Padded(int length)
    {
        const string Begin = "{\"type\": \"X\", \"pad\": \"";
        return Encoding.ASCII.GetBytes(Begin + new string('x', length - Begin.Length - 2) + "\"}");
    }

    private static List<string> SlowLines(byte[] input)
    {
        var lines = new List<string>();
        var start = 0;
        while (start < input.Length)
        {
            var end = Array.IndexOf(input, (byte)'\n', start);
            var line = end < 0 ? input[start..] : input[start..end];
            start = end < 0 ? input.Length : end + 1;

            // Of a line that goes on, one byte more may be the first half of its end.
            var text = line is [.., (byte)'\r'] && end >= 0 ? line[..^1] : line;
            if (text.Length > (end < 0 ? LongestLine + 1 : LongestLine))
            {
                lines.Add(nameof(MalformedReason.LineTooLong));
            }
            else if (end >= 0 && text.Length > 0)
            {
                lines.Add(SlowLine(text));
            }
        }

        return lines;
    }

    private static string SlowLine(byte[] line) => SlowCanonicaliser.Canonicalise(line) is null
        ? "no JSON"
        : SlowReader.Read(line) switch
        {
            (MalformedReason.None, var message) => message!.Type.ToString(),
            var (reason, _) => Word(reason),
        };

    private static List<string> Read(byte[] input, int pieces)
    {
        var reader = new MessageReader(LongestLine);
        var lines = new List<string>();
        byte[] rest = [];
        foreach (var piece in input.Length == 0 ? [] : input.Chunk(Math.Min(pieces, input.Length)))
        {
            var buffer = Segment.Join(rest, piece);
            while (reader.TryRead(ref buffer, out var message, out var reason) is var outcome
                && outcome != ReadOutcome.NeedMore)
            {
                lines.Add(outcome == ReadOutcome.Message ? message!.Type.ToString() : Word(reason));
            }

            rest = buffer.ToArray();
            FuzzException.Unless(rest.Length <= LongestLine + 1, $"{rest.Length} bytes are kept of a line");
        }

        var malformed = lines.Count(line => !Enum.TryParse<MessageType>(line, out _));
        FuzzException.UnlessSame(malformed, reader.MalformedLines, "malformed lines");
        FuzzException.UnlessSame(malformed >= WireLimits.MalformedLines, reader.IsExhausted, "had its malformed lines");
        return lines;
    }

    private static string Word(MalformedReason reason) => reason
        is MalformedReason.NotJson or MalformedReason.TooDeep or MalformedReason.DuplicateKey
            or MalformedReason.BadString or MalformedReason.BadNumber
        ? "no JSON"
        : reason.ToString();

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Join(byte[] first, byte[] second)
        {
            var last = new Segment { Memory = second, RunningIndex = first.Length };
            return new ReadOnlySequence<byte>(new Segment { Memory = first, Next = last }, 0, last, second.Length);
        }
    }
}
