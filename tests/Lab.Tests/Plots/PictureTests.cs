using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Blockchain.Experiments.Plots;
using SkiaSharp;

namespace Blockchain.Lab.Tests.Plots;

public sealed partial class PictureTests
{
    private const string PngSignature = "\x89PNG\r\n\x1a\n";

    [Fact]
    public void Write_Plot_LeavesAnSvgWithItsFontAndAPngOfTwiceTheSize()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var picture = Line("spread");
            picture.Write(folder.FullName);
            var svg = File.ReadAllText(Path.Combine(folder.FullName, "spread.svg"));
            Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
            Assert.Contains("@font-face{font-family:'DejaVu Sans'", svg, StringComparison.Ordinal);
            var png = File.ReadAllBytes(Path.Combine(folder.FullName, "spread.png"));
            Assert.Equal(PngSignature, Encoding.Latin1.GetString(png, 0, PngSignature.Length));
            using var bitmap = SKBitmap.Decode(png);
            Assert.Equal((2 * picture.Width, 2 * picture.Height), (bitmap.Width, bitmap.Height));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Font_SignsOfOurTexts_AreAllInIt()
    {
        using var typeface = SKTypeface.FromStream(new MemoryStream(PlotFont.Default.File));
        foreach (var sign in "AZaz09 .,:;%()–—…·×±µσλΔ≤≥≈∞→−éüß€")
        {
            Assert.True(typeface.ContainsGlyph(sign), $"The font lacks '{sign}'.");
        }
    }

    [Fact]
    public void Text_OfAPlot_IsDrawnInTheFontThatIsCarriedAlong() => Assert.All(
        Regex.Matches(Line("spread").Svg(), "font-family=\"([^\"]*)\"").Select(match => match.Groups[1].Value),
        family => Assert.Equal(PlotFont.Name, family));

    [Fact]
    public void ReportPage_TwoPictures_ShareNoIdsAndNeedNoOtherFile()
    {
        var html = new ReportPage("A <run>", "What came of it.")
            .Figures(("peers", "11"), ("half reached", "0.8 s"))
            .Section("Spread")
            .Warning("Interrupted.")
            .Table(["type", "count"], [["INV", "1,200"], ["TX & co", "7"]])
            .Picture(Line("one"))
            .Picture(Line("two"))
            .Code("lab simulate --seed 1")
            .ToHtml();
        var ids = Ids().Matches(html).Select(match => match.Value).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains("A &lt;run&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">1,200</td>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!#)", html);
    }

    private static Picture Line(string name)
    {
        var plot = PlotTheme.New("How a block spreads", "time after the making, s", "peers that have it, %");
        double[] x = [0, 1, 2, 3];
        plot.AddBand(x, [0, 10, 40, 80], [0, 30, 80, 100], Palette.Blue);
        plot.AddLine("median – all blocks", x, [0, 20, 60, 95], Palette.Blue);
        plot.AddLine("fan-out ≥ 3", x, [0, 30, 70, 99], Palette.Vermillion, markers: true);
        return new Picture(name, "The share of peers that have a block.", plot);
    }

    [GeneratedRegex(" id=\"[^\"]*\"")]
    private static partial Regex Ids();
}
