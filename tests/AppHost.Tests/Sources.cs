using System.Runtime.CompilerServices;

namespace Blockchain.AppHost.Tests;

/// <summary>The files that this was built from.</summary>
internal static class Sources
{
    /// <param name="path">Relative to the root of the repository.</param>
    public static string PathOf(string path) => Path.Combine(Root(), path);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../..", here);
}
