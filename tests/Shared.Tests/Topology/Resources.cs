namespace Blockchain.Shared.Tests.Topology;

/// <summary>The files that the tests read, taken into the assembly so that no test depends on a folder.</summary>
internal static class Resources
{
    public static string Shipped => Read("peers.json");

    public static string Schema => Read("peers.schema.json");

    /// <summary>The file of the original course project.</summary>
    public static string Course => Read("course-peers.json");

    private static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The test assembly lacks {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
