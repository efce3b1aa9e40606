using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Commands;

/// <summary>Reads a <c>peers.json</c> from disk and tells what is wrong with it.</summary>
internal static class PeersFiles
{
    public const string Default = "peers.json";

    /// <summary>
    /// The network of the file, or null after its problems were written to <paramref name="error"/>, one line each.
    /// </summary>
    public static NetworkPlan? Read(string path, TextWriter error)
    {
        var result = PeersFile.Load(path, ReadAllBytes);
        foreach (var problem in result.Problems)
        {
            error.WriteLine(problem);
        }

        return result.Plan;
    }

    private static byte[] ReadAllBytes(string path) => Directory.Exists(path)
        ? throw new IOException("it is a folder, not a file.")
        : File.ReadAllBytes(path);
}
