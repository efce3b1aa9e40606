using System.Diagnostics;
using System.Threading.Channels;

namespace Blockchain.PeerNode;

/// <summary>
/// The event loop's one entrance. Bounded, so that a connection that delivers faster than the peer can work is read
/// more slowly instead of filling the memory.
/// </summary>
internal sealed class LoopMailbox
{
    private const int Capacity = 64;

    private readonly Channel<PeerInput> _channel = Channel.CreateBounded<PeerInput>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<PeerInput> Reader => _channel.Reader;

    /// <summary>Waits for room. False once the loop has stopped.</summary>
    public async ValueTask<bool> PostAsync(PeerInput input)
    {
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

    public void Close() => _channel.Writer.TryComplete();
}
