namespace Blockchain.Shared;

/// <summary>
/// A rate limit that forgives bursts: a bucket of so many tokens, refilled evenly. Time that runs backwards adds
/// nothing.
/// </summary>
internal struct TokenBucket
{
    private double _tokens;
    private TimeSpan _filledAt;

    /// <param name="burst">Tokens of a full bucket; zero or less: no limit.</param>
    /// <param name="perSecond">Tokens added per second.</param>
    /// <param name="now">When the full bucket starts.</param>
    public TokenBucket(double burst, double perSecond, TimeSpan now)
    {
        Burst = burst;
        PerSecond = perSecond;
        _tokens = burst;
        _filledAt = now;
    }

    public TokenBucket(RateLimit limit, TimeSpan now)
        : this(limit.Messages, limit.IsLimited ? limit.Messages / limit.Window.TotalSeconds : 0, now)
    {
    }

    public double Burst { get; private set; }

    public double PerSecond { get; private set; }

    public readonly bool IsLimited => Burst > 0;

    public bool TryTake(TimeSpan now)
    {
        if (!IsLimited)
        {
            return true;
        }

        Refill(now);
        if (_tokens < 1)
        {
            return false;
        }

        _tokens -= 1;
        return true;
    }

    /// <summary>The first moment at which a token will be there, if nobody takes one before.</summary>
    public readonly TimeSpan NextToken(TimeSpan now)
    {
        if (!IsLimited)
        {
            return now;
        }

        var missing = 1 - TokensAt(now);
        if (missing <= 0)
        {
            return now;
        }

        // Rounded up, or the caller would come back a tick too early and find nothing. Filling goes on from the last moment
        // known, also for a caller whose clock ran back.
        return (now > _filledAt ? now : _filledAt) + TimeSpan.FromTicks(
            (long)Math.Ceiling(missing / PerSecond * TimeSpan.TicksPerSecond) + 1);
    }

    public readonly bool IsFull(TimeSpan now) => !IsLimited || TokensAt(now) >= Burst;

    /// <summary>Changes rate and size; what is over the new size is lost.</summary>
    public void Resize(double burst, double perSecond, TimeSpan now)
    {
        Refill(now);
        var wasLimited = IsLimited;
        Burst = burst;
        PerSecond = perSecond;
        _tokens = wasLimited ? Math.Min(_tokens, burst) : burst;
    }

    private readonly double TokensAt(TimeSpan now)
    {
        var elapsed = (now - _filledAt).TotalSeconds;
        return elapsed <= 0 ? _tokens : Math.Min(Burst, _tokens + (elapsed * PerSecond));
    }

    private void Refill(TimeSpan now)
    {
        _tokens = TokensAt(now);
        _filledAt = now > _filledAt ? now : _filledAt;
    }
}
