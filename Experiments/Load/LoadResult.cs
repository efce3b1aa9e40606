using System.Globalization;

namespace Blockchain.Experiments.Load;

/// <param name="Time">From the first byte sent until the last transaction was accepted.</param>
internal sealed record LoadResult(int Sent, int Accepted, TimeSpan Time)
{
    public bool IsComplete => Accepted == Sent;

    public double PerSecond => Time > TimeSpan.Zero ? Accepted / Time.TotalSeconds : 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Accepted:N0} of {Sent:N0} transactions accepted in {Time.TotalSeconds:0.000} s: {PerSecond:N0} per second");
}
