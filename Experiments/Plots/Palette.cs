using ScottPlot;

namespace Blockchain.Experiments.Plots;

/// <summary>
/// Colours that people with any kind of colour vision tell apart on white: M. Okabe and K. Ito, "Color Universal
/// Design", 2008, in an order in which the first ones differ most. Its yellow is too light for lines on white.
/// </summary>
internal static class Palette
{
    public static Color Ink { get; } = Color.FromHex("#1F2328");

    /// <summary>What is not to be looked at first: axes, labels, what is given for comparison.</summary>
    public static Color Muted { get; } = Color.FromHex("#59636E");

    public static Color Grid { get; } = Color.FromHex("#E4E7EB");

    public static Color Blue => Colors[0];

    public static Color Vermillion => Colors[1];

    public static Color Orange => Colors[3];

    /// <summary>The colour of the series with this number; after the last one they start again.</summary>
    public static Color Of(int series) => Colors[series % Colors.Length];

    internal static Color[] Colors { get; } =
    [
        Color.FromHex("#0072B2"),
        Color.FromHex("#D55E00"),
        Color.FromHex("#009E73"),
        Color.FromHex("#E69F00"),
        Color.FromHex("#56B4E9"),
        Color.FromHex("#CC79A7"),
        Color.FromHex("#000000"),
    ];
}
