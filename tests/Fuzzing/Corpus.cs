using System.Security.Cryptography;

namespace Blockchain.Fuzzing;

/// <summary>Inputs that are tried in every build: what once failed, and what is worth to be remembered.</summary>
public static class Corpus
{
    /// <summary>Where the build puts it.</summary>
    public static string BuiltFolder => Path.Combine(AppContext.BaseDirectory, "corpus");

    public static IEnumerable<string> FilesOf(IFuzzTarget target)
    {
        var folder = Path.Combine(BuiltFolder, target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }

    /// <param name="folder">The corpus among the sources.</param>
    /// <returns>The new file.</returns>
    public static string Keep(string folder, FuzzFailure failure)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(failure.Input))[..12];
        var path = Path.Combine(folder, failure.Target, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, failure.Input);
        return path;
    }
}
