using System.Buffers;
using System.Text;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

public sealed class MessageReaderTests
{
    private static readonly byte[] Stream = [.. Sample.Messages().SelectMany(Sample.Line)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(int.MaxValue)]
    public void TryRead_FedInPieces_GivesEachMessageOnce(int size)
    {
        var read = new List<Message>();
        Feed(new MessageReader(), Stream.Chunk(Math.Min(size, Stream.Length)), read, []);
        Assert.Equal(Stream, read.SelectMany(Sample.Line));
    }

    [Fact]
    public void TryRead_LineAndAHalf_GivesOneAndKeepsTheHalf()
    {
        var line = Sample.Line(Sample.Messages()[1]);
        var read = new List<Message>();
        Feed(new MessageReader(), [[.. line, .. line[..20]], line[20..]], read, []);
        Assert.Equal(2, read.Count);
    }

    [Fact]
    public void TryRead_EmptyLinesAndCarriageReturns_AreIgnored()
    {
        var read = new List<Message>();
        var reasons = new List<MalformedReason>();
        var line = Sample.Text(Sample.Messages()[1]).TrimEnd();
        Feed(new MessageReader(), [Encoding.UTF8.GetBytes("\n\r\n" + line + "\r\n\n")], read, reasons);
        Assert.Single(read);
        Assert.Empty(reasons);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1_000_000)]
    public void TryRead_LongLine_IsMalformedOnceAndNotKept(int chunk)
    {
        const int Limit = 4096;
        var reader = new MessageReader(Limit);
        var line = Sample.Line(Sample.Messages()[1]);
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', 100_000), (byte)'\n', .. line];
        var read = new List<Message>();
        var reasons = new List<MalformedReason>();
        var kept = Feed(reader, bytes.Chunk(chunk), read, reasons);
        Assert.Equal([MalformedReason.LineTooLong], reasons);
        Assert.Single(read);
        Assert.True(kept <= Limit, $"{kept} bytes were kept.");
        Assert.Equal(1, reader.MalformedLines);
    }

    [Theory]
    [InlineData(4096, "\n", true)]
    [InlineData(4097, "\n", false)]
    [InlineData(4096, "\r\n", true)]
    [InlineData(4097, "\r\n", false)]
    public void TryRead_LineAtTheLimit_IsReadUpToItWhateverItsEnd(int length, string end, bool isRead)
    {
        var prefix = "{\"type\": \"X\", \"pad\": \"";
        var line = prefix + new string('x', length - prefix.Length - 2) + "\"}" + end;
        var read = new List<Message>();
        var reasons = new List<MalformedReason>();
        Feed(new MessageReader(4096), Encoding.ASCII.GetBytes(line).Chunk(4097), read, reasons);
        Assert.Equal(isRead, read.Count == 1);
        Assert.Equal(isRead ? [] : [MalformedReason.LineTooLong], reasons);
    }

    [Fact]
    public void IsExhausted_AfterThreeMalformedLines()
    {
        var reader = new MessageReader();
        Feed(reader, ["a\nb\n"u8.ToArray()], [], []);
        Assert.False(reader.IsExhausted);
        Feed(reader, ["c\n"u8.ToArray()], [], []);
        Assert.True(reader.IsExhausted);
    }

    [Fact]
    public void TryRead_Depth100000_IsTooDeep()
    {
        var reasons = new List<MalformedReason>();
        Feed(new MessageReader(), [Encoding.ASCII.GetBytes("{\"a\":" + new string('[', 100_000) + "\n")], [], reasons);
        Assert.Equal([MalformedReason.TooDeep], reasons);
    }

    /// <summary>Feeds as a pipe does; returns the most bytes that stayed in the buffer.</summary>
    private static long Feed(
        MessageReader reader, IEnumerable<byte[]> chunks, List<Message> read, List<MalformedReason> reasons)
    {
        var kept = 0L;
        byte[] rest = [];
        foreach (var chunk in chunks)
        {
            var buffer = Segment.Join(rest, chunk);
            ReadOutcome outcome;
            while ((outcome = reader.TryRead(ref buffer, out var message, out var reason)) != ReadOutcome.NeedMore)
            {
                if (outcome == ReadOutcome.Message)
                {
                    read.Add(message!);
                }
                else
                {
                    reasons.Add(reason);
                }
            }

            rest = buffer.ToArray();
            kept = Math.Max(kept, rest.Length);
        }

        return kept;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Join(byte[] first, byte[] second)
        {
            var last = new Segment { Memory = second, RunningIndex = first.Length };
            return new ReadOnlySequence<byte>(new Segment { Memory = first, Next = last }, 0, last, second.Length);
        }
    }
}
