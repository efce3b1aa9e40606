using System.Diagnostics;
using System.Threading.Channels;

namespace Blockchain.PeerNode;

/// <summary>
/// The event loop's one entrance. Bounded, so that a connection that delivers faster than the peer can work is read
/// more slowly instead of filling the memory.
/// </summary>
internal sealed class LoopMailbox : IDisposable
{
    private const int Capacity = 64;

    /// <summary>Of inputs as large as this, only so many wait, or as many long blocks would wait as inputs.</summary>
    private const int LargeBytes = 256 * 1024;
    private const int LargeCapacity = 4;

    private readonly Channel<PeerInput> _channel = Channel.CreateBounded<PeerInput>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly SemaphoreSlim _large = new(LargeCapacity);
    private readonly CancellationTokenSource _closed = new();

    public ChannelReader<PeerInput> Reader => _channel.Reader;

    /// <summary>Waits for room. False once the loop has stopped.</summary>
    public async ValueTask<bool> PostAsync(PeerInput input)
    {
        if (IsLarge(input) && !await TryEnterAsync())
        {
            return false;
        }

        input.PostedAt = Stopwatch.GetTimestamp();
        while (await _channel.Writer.WaitToWriteAsync())
        {
            if (_channel.Writer.TryWrite(input))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False if there is no room now.</summary>
    public bool TryPost(PeerInput input)
    {
        input.PostedAt = Stopwatch.GetTimestamp();
        return _channel.Writer.TryWrite(input);
    }

    /// <summary>The loop has dealt with an input, and takes no more notice of it.</summary>
    public void Done(PeerInput input)
    {
        if (IsLarge(input))
        {
            _large.Release();
        }
    }

    public void Close()
    {
        _channel.Writer.TryComplete();
        _closed.Cancel();
    }

    public void Dispose()
    {
        _large.Dispose();
        _closed.Dispose();
    }

    private static bool IsLarge(PeerInput input) => input is LinesReceived { Bytes: >= LargeBytes };

    private async Task<bool> TryEnterAsync()
    {
        try
        {
            await _large.WaitAsync(_closed.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
