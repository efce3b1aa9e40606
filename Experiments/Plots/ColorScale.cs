using ScottPlot;

namespace Blockchain.Experiments.Plots;

/// <summary>
/// Colours for values, from dark to light; viridis, which can be told apart with any kind of colour vision and in grey
/// (S. van der Walt and N. Smith, 2015).
/// </summary>
internal sealed class ColorScale(IReadOnlyCollection<double> values, PlotScale scale) : IHasColorAxis
{
    private const double Light = 0.5;

    public IColormap Colormap { get; } = new ScottPlot.Colormaps.Viridis();

    public ScottPlot.Range GetRange()
    {
        var (least, most) = values.Count == 0 ? (0, 1) : (scale.Place(values.Min()), scale.Place(values.Max()));
        return least < most ? new(least, most) : new(least - 1, most + 1);
    }

    public Color Of(double value) => Colormap.GetColor(Share(value));

    /// <summary>A colour that can be read on that of the value.</summary>
    public Color OfText(double value) => Share(value) > Light ? Palette.Ink : Colors.White;

    private double Share(double value)
    {
        var range = GetRange();
        return (scale.Place(value) - range.Min) / (range.Max - range.Min);
    }
}
