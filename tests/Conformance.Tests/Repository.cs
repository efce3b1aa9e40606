namespace Blockchain.Conformance.Tests;

internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Blockchain.Aspire.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("The tests are not in the repository."));
}
