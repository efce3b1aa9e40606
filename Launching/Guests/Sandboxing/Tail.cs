using System.Text;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>Reads a stream to its end, and keeps only the last of it, however much it is.</summary>
internal sealed class Tail
{
    private const int Kept = 16 * 1024;

    private readonly byte[] _bytes = new byte[2 * Kept];
    private readonly Lock _lock = new();
    private readonly long _most;
    private readonly Action? _tooMuch;
    private int _count;
    private long _total;

    /// <param name="most">So much may come.</param>
    /// <param name="tooMuch">Is told once when more has come; what comes then is not read any more.</param>
    public Tail(Stream stream, long most = long.MaxValue, Action? tooMuch = null)
    {
        (_most, _tooMuch) = (most, tooMuch);
        Ended = ReadAsync(stream);
    }

    public Task Ended { get; }

    public bool HadTooMuch { get; private set; }

    public override string ToString()
    {
        lock (_lock)
        {
            return Encoding.UTF8.GetString(_bytes.AsSpan(Math.Max(0, _count - Kept), Math.Min(_count, Kept)));
        }
    }

    /// <summary>The last lines, each cut where it is long.</summary>
    public IReadOnlyList<string> LastLines(int count)
    {
        const int Longest = 300;
        return
        [
            .. ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.TrimEnd('\r'))
                .Select(line => line.Length <= Longest ? line : line[..Longest] + " …")
                .TakeLast(count),
        ];
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[Kept];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                Add(buffer.AsSpan(0, read));
                _total += read;
                if (_total > _most)
                {
                    HadTooMuch = true;
                    _tooMuch?.Invoke();
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was ended.
        }
    }

    private void Add(ReadOnlySpan<byte> read)
    {
        lock (_lock)
        {
            if (_count + read.Length > _bytes.Length)
            {
                var kept = Math.Min(_count, Kept);
                _bytes.AsSpan(_count - kept, kept).CopyTo(_bytes);
                _count = kept;
            }

            read.CopyTo(_bytes.AsSpan(_count));
            _count += read.Length;
        }
    }
}
