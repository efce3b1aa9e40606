using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Blockchain.Experiments.Plots;

/// <summary>A plot with a name and what is to be said of it.</summary>
/// <param name="Name">As a file, without its ending: "propagation".</param>
/// <param name="Caption">What it shows, and how it is to be read; also for those who cannot see it.</param>
internal sealed partial record Picture(string Name, string Caption, Plot Plot)
{
    /// <summary>Pixels; twice as many in the PNG, for screens of high resolution.</summary>
    public int Width { get; init; } = 820;

    public int Height { get; init; } = 460;

    /// <summary>An SVG document for a page that has the font. Ids in it are unlike those of other pictures.</summary>
    public string Svg()
    {
        var svg = Plot.GetSvgXml(Width, Height);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = Id().Replace(svg, $"$1{Name}-");
        var label = System.Net.WebUtility.HtmlEncode(Caption);
        return svg.Replace(
            "<svg ",
            $"<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {Width} {Height}\" ",
            StringComparison.Ordinal);
    }

    public byte[] Png()
    {
        Plot.ScaleFactor = 2;
        try
        {
            return Plot.GetImageBytes(2 * Width, 2 * Height, ImageFormat.Png);
        }
        finally
        {
            Plot.ScaleFactor = 1;
        }
    }

    /// <summary>Writes <c>NAME.svg</c>, which carries its font, and <c>NAME.png</c>.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var svg = Svg();
        var head = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        svg = $"{svg[..head]}<style>{PlotFont.Default.FontFace}</style>{svg[head..]}";
        File.WriteAllText(Path.Combine(folder, $"{Name}.svg"), svg, new UTF8Encoding(false));
        File.WriteAllBytes(Path.Combine(folder, $"{Name}.png"), Png());
    }

    [GeneratedRegex("( id=\"|url\\(#|xlink:href=\"#)")]
    private static partial Regex Id();
}
