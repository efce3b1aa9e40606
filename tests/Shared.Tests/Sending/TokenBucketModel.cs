namespace Blockchain.Shared.Tests.Sending;

/// <summary>
/// A bucket in whole numbers, filled drop by drop, a drop being a 128th of a second's worth of one token per second.
/// </summary>
internal sealed class TokenBucketModel(int burst, int perSecond, int step)
{
    public const int StepsPerSecond = 128;

    private int _burst = burst;
    private int _perSecond = perSecond;
    private int _drops = burst * StepsPerSecond;
    private int _step = step;

    /// <summary>A moment of which both this model and binary fractions are exact.</summary>
    public static TimeSpan At(int step) => TimeSpan.FromTicks(step * (TimeSpan.TicksPerSecond / StepsPerSecond));

    public bool TryTake(int step)
    {
        Fill(step);
        if (_drops < StepsPerSecond)
        {
            return false;
        }

        _drops -= StepsPerSecond;
        return true;
    }

    public void Resize(int burst, int perSecond, int step)
    {
        Fill(step);
        _burst = burst;
        _perSecond = perSecond;
        _drops = Math.Min(_drops, burst * StepsPerSecond);
    }

    private void Fill(int step)
    {
        for (; _step < step; _step++)
        {
            _drops = Math.Min(_drops + _perSecond, _burst * StepsPerSecond);
        }
    }
}
