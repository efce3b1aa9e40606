using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Blockchain.Experiments.Plots;

/// <summary>Where a value stands on an axis: in proportion, or by its logarithm where values span decades.</summary>
internal sealed class PlotScale
{
    /// <summary>The greatest value is so many times the least: below, the small ones can still be told apart.</summary>
    private const double Decades = 20;

    private static readonly double[] Steps = [1, 2, 5];

    private readonly double _least;

    private PlotScale(bool isLogarithmic, double least, double most) =>
        (IsLogarithmic, _least, Most) = (isLogarithmic, least, most);

    public bool IsLogarithmic { get; }

    /// <summary>The greatest value.</summary>
    public double Most { get; }

    /// <param name="mayBeLogarithmic">Not where zero means something, as with shares.</param>
    public static PlotScale For(IEnumerable<double> values, bool mayBeLogarithmic)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var (least, most) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        return new PlotScale(mayBeLogarithmic && least > 0 && most / least >= Decades, least, most);
    }

    /// <summary>A value that the axis does not reach stands at its end.</summary>
    public double Place(double value) => IsLogarithmic ? Math.Log10(Math.Max(value, _least / 2)) : value;

    /// <summary>Ticks at 1, 2 and 5 of each decade; null where the usual ones do.</summary>
    public ITickGenerator? Ticks()
    {
        if (!IsLogarithmic)
        {
            return null;
        }

        var first = (int)Math.Floor(Math.Log10(_least));
        var last = (int)Math.Ceiling(Math.Log10(Most));
        var values = (
            from decade in Enumerable.Range(first, last - first + 1)
            from step in Steps
            let value = step * Math.Pow(10, decade)
            where value >= _least / 2 && value <= Most * 2
            select value).ToArray();
        return new NumericManual(
            [.. values.Select(Place)],
            [.. values.Select(value => value.ToString("0.#####", CultureInfo.InvariantCulture))]);
    }
}
