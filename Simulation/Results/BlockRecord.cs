using Blockchain.Shared.Messages;
using Blockchain.Shared.Observation;

namespace Blockchain.Simulation.Results;

/// <summary>How one honest block spread: when it reached each peer for the first time.</summary>
internal sealed class BlockRecord(Block block, SimulatedPeer maker, TimeSpan madeAt, int height, int peers)
{
    private readonly System.Collections.BitArray _has = new(peers);
    private float[] _delays = new float[16];

    public Block Block => block;

    public SimulatedPeer Maker => maker;

    /// <summary>Since the start of the run.</summary>
    public TimeSpan MadeAt => madeAt;

    public int Height => height;

    /// <summary>Peers that had it at some time.</summary>
    public int Reached { get; private set; }

    /// <summary>Seconds, in the order of arrival, and so ascending.</summary>
    public ReadOnlySpan<float> Delays => _delays.AsSpan(0, Reached);

    public void Arrived(int peer, TimeSpan at)
    {
        if (peer >= _has.Length)
        {
            // It joined since.
            _has.Length = peer + 1;
        }

        if (_has[peer])
        {
            return;
        }

        _has[peer] = true;
        if (Reached == _delays.Length)
        {
            Array.Resize(ref _delays, 2 * Reached);
        }

        _delays[Reached++] = (float)(at - madeAt).TotalSeconds;
    }

    /// <summary>Seconds until so large a share of all peers had it; null if so many never did.</summary>
    public double? UntilShare(double share, int peers) => Spread.Until(Delays, share, peers);
}
