using System.Runtime.CompilerServices;

namespace Blockchain.Benchmarks;

/// <summary>Where the sources are that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(FolderOfThisFile(), ".."));

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
