
namespace Blockchain.Shared.Spreading;

/// <summary>
/// How long blocks take that were asked for, as RFC 6298 estimates a round trip for TCP: smoothed, with a smoothed
/// deviation; four deviations more is what an answer may take. An answer that comes after its time counts too (a block
/// tells whose answer it is, and who was asked twice is left out), so that patience grows with what is asked for; one
/// that never comes changes nothing.
/// </summary>
internal struct AnswerTime
{
    /// <summary>Weight of a new sample, and of its deviation: RFC 6298's alpha and beta as divisors.</summary>
    private const int SmoothingDivisor = 8;
    private const int DeviationDivisor = 4;

    private const int Deviations = 4;

    private long _smoothed;
    private long _deviation;

    /// <summary>What an answer may take; zero before the first one.</summary>
    public readonly TimeSpan Limit => new(_smoothed + (Deviations * _deviation));

    /// <param name="sample">From the question, or the answer before it, to the answer.</param>
    public void Add(TimeSpan sample)
    {
        Assertions.That(sample >= TimeSpan.Zero, "No answer comes before its question.");
        if (_smoothed == 0)
        {
            _smoothed = sample.Ticks;
            _deviation = sample.Ticks / 2;
            return;
        }

        _deviation += (Math.Abs(sample.Ticks - _smoothed) - _deviation) / DeviationDivisor;
        _smoothed += (sample.Ticks - _smoothed) / SmoothingDivisor;
    }
}
