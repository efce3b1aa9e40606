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
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(
                problem is FileNotFoundException or DirectoryNotFoundException ? $"{path}: there is no such file."
                : Directory.Exists(path) ? $"{path}: is a folder, not a file."
                : $"{path}: {problem.Message}");
            return null;
        }

        var result = PeersFile.Parse(text);
        foreach (var problem in result.Problems)
        {
            error.WriteLine(problem);
        }

        return result.Plan;
    }
}
