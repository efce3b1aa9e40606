using ScottPlot;
using SkiaSharp;

namespace Blockchain.Experiments.Plots;

/// <summary>The font of all pictures, carried along, since a server or a container often has none.</summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<PlotFont> Registered = new(Register);

    private readonly SKTypeface _typeface;

    private PlotFont(byte[] file)
    {
        File = file;
        using var data = SKData.CreateCopy(file);
        _typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException("The font cannot be read.");
    }

    /// <summary>The font, known to the plotting library.</summary>
    public static PlotFont Default => Registered.Value;

    /// <summary>TrueType.</summary>
    public byte[] File { get; }

    /// <summary>A rule of CSS by which a browser finds it without a file.</summary>
    public string FontFace =>
        $"@font-face{{font-family:'{Name}';src:url(data:font/ttf;base64,{Convert.ToBase64String(File)})}}";

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? _typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? _typeface : null;

    private static PlotFont Register()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("plots.ttf")!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        var font = new PlotFont(file);
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Name;
        return font;
    }
}
