using System.Collections;
using Blockchain.Events;
using Blockchain.Shared;

namespace Blockchain.Simulation.Results;

/// <summary>
/// How one honest block spread among those it is meant for: the honest peers that were running when it was made, its
/// maker included. Those that come later, were down or are malicious do not make it late.
/// </summary>
internal sealed class BlockRecord
{
    private readonly BitArray _has;
    private readonly BitArray _isMeant;
    private float[] _delays = new float[16];
    private int _arrivals;

    /// <param name="madeAt">Since the start of the run.</param>
    /// <param name="peers">All peers of the run, as they are now that it is made.</param>
    public BlockRecord(
        BlockMade block, SimulatedPeer maker, TimeSpan madeAt, int height, IReadOnlyList<SimulatedPeer> peers)
    {
        (Block, Maker, MadeAt, Height) = (block, maker, madeAt, height);
        _has = new BitArray(peers.Count);
        _isMeant = new BitArray(peers.Count);
        for (var i = 0; i < peers.Count; i++)
        {
            if (peers[i] is var peer && Spread.IsMeantFor(peer.IsRunning, peer.IsHonest, isMaker: peer == maker))
            {
                _isMeant[i] = true;
                MeantFor++;
            }
        }
    }

    public BlockMade Block { get; }

    public SimulatedPeer Maker { get; }

    /// <summary>Since the start of the run.</summary>
    public TimeSpan MadeAt { get; }

    public int Height { get; }

    /// <summary>How many peers it is meant for.</summary>
    public int MeantFor { get; }

    /// <summary>Peers of any kind that had it at some time.</summary>
    public int Reached { get; private set; }

    /// <summary>
    /// When those that it is meant for had it for the first time: seconds from its making, in the order of arrival, and
    /// so ascending. The first is the maker's own.
    /// </summary>
    public ReadOnlySpan<float> Delays => _delays.AsSpan(0, _arrivals);

    /// <summary>The same without the maker's own.</summary>
    public ReadOnlySpan<float> DelaysOfOthers => Delays[Math.Min(1, _arrivals)..];

    /// <returns>Whether it has it for the first time.</returns>
    public bool Arrived(int peer, TimeSpan at)
    {
        if (peer >= _has.Length)
        {
            // It joined since.
            _has.Length = peer + 1;
        }

        if (_has[peer])
        {
            return false;
        }

        _has[peer] = true;
        Reached++;
        if (peer < _isMeant.Length && _isMeant[peer])
        {
            Add((float)(at - MadeAt).TotalSeconds);
        }

        return true;
    }

    /// <summary>Seconds until so large a share of those it is meant for had it; null if so many never did.</summary>
    public double? UntilShare(double share) => Spread.Until(Delays, share, MeantFor);

    private void Add(float delay)
    {
        if (_arrivals == _delays.Length)
        {
            Array.Resize(ref _delays, 2 * _arrivals);
        }

        _delays[_arrivals++] = delay;
    }
}
