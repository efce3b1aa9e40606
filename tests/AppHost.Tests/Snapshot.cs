namespace Blockchain.AppHost.Tests;

/// <summary>What was published once and looked at, kept in the folder Snapshots.</summary>
internal static class Snapshot
{
    private const string Update = "UPDATE_SNAPSHOTS";

    /// <summary>
    /// With UPDATE_SNAPSHOTS=1 in the environment the snapshot is written anew, to be looked at before it is kept.
    /// </summary>
    public static void AssertEqual(string name, string actual)
    {
        var text = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var path = PathOf(name);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is missing; {Update}=1 writes it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    public static string PathOf(string name) => Sources.PathOf($"tests/AppHost.Tests/Snapshots/{name}");
}
