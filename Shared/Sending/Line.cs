using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Sending;

/// <summary>
/// The simulated line from this peer to one neighbour, or to all that have no line of their own: what it loses and
/// delays, and how much it carries.
/// </summary>
/// <remarks>
/// Losses in bursts follow the model of E. N. Gilbert ("Capacity of a burst-noise channel", Bell System Technical
/// Journal 39, 1960) and E. O. Elliott ("Estimates of error rates for codes on burst-noise channels", the same 42,
/// 1963): a Markov chain of a good state, in which nothing is lost, and a bad one, in which everything is. With the
/// probabilities p from good to bad and r from bad to good, a burst has 1/r messages on average, and p/(p+r) of all
/// messages are lost.
/// </remarks>
internal sealed class Line(NetworkConditions conditions)
{
    private const int BitsPerByte = 8;

    private TokenBucket _limit;

    /// <summary>When the last bit of what was sent has left.</summary>
    private TimeSpan _freeAt;

    /// <summary>Null: nothing was sent yet since the conditions changed.</summary>
    private bool? _isBad;

    public NetworkConditions Conditions
    {
        get;
        set
        {
            if ((value.Loss, value.Burst) != (field.Loss, field.Burst))
            {
                _isBad = null;
            }

            field = value;
        }
    } = conditions;

    /// <summary>Messages a second that it carries; zero: no limit of its own.</summary>
    public double Capacity => _limit.PerSecond;

    /// <summary>Bits a second that it carries, one message after the other; zero: no limit.</summary>
    public long Bandwidth { get; init; }

    /// <summary>Whether the running peer was told what it is like.</summary>
    public bool IsTold { get; set; }

    /// <summary>Targets whose next message waits for this line, in the order in which they take their turns.</summary>
    public Queue<RemotePeer> Parked => field ??= [];

    /// <summary>When they take part again; <see cref="TimeSpan.MaxValue"/>: none wait.</summary>
    public TimeSpan UnparksAt { get; set; } = TimeSpan.MaxValue;

    public void SetCapacity(TimeSpan now, double perSecond) => _limit.Resize(
        SendScheduler.BurstOf(perSecond), perSecond, now);

    /// <summary>Whether the next message may leave now.</summary>
    public bool HasToken(TimeSpan now) => NextToken(now) <= now;

    /// <summary>When the next message may leave.</summary>
    public TimeSpan NextToken(TimeSpan now) =>
        _limit.NextToken(now) is var token && token > _freeAt ? token : _freeAt;

    public void TakeToken(TimeSpan now) => _limit.TryTake(now);

    /// <summary>Takes the line for one message.</summary>
    /// <returns>How long it takes until its last bit has left.</returns>
    public TimeSpan Occupy(TimeSpan now, int bytes)
    {
        var start = now > _freeAt ? now : _freeAt;
        _freeAt = start + TimeSpan.FromSeconds((double)BitsPerByte * bytes / Bandwidth);
        return _freeAt - now;
    }

    /// <summary>Whether the next message is lost.</summary>
    public bool Loses(SeededRandom random) =>
        Conditions.IsBursty ? LosesInBursts(random) : random.Chance(Conditions.Loss);

    private bool LosesInBursts(SeededRandom random)
    {
        var leaveBad = 1 / Conditions.Burst;
        var isBad = _isBad switch
        {
            null => random.Chance(Conditions.Loss),
            true => !random.Chance(leaveBad),
            false => random.Chance(leaveBad * Conditions.Loss / (1 - Conditions.Loss)),
        };
        _isBad = isBad;
        return isBad;
    }
}
