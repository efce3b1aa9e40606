using System.Text;

namespace Blockchain.Grading.Tests;

/// <summary>Files that come with the program.</summary>
internal static class Shipped
{
    public static string Schema()
    {
        using var stream = typeof(Shipped).Assembly.GetManifestResourceStream("sheet.schema.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A copy of a kit beside the tests.</summary>
    public static string Kit(string file) => Path.Combine(AppContext.BaseDirectory, "kits", "python", file);
}
