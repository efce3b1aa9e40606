using System.Text;

namespace Blockchain.Shared.Topology;

/// <summary>Reads and writes <c>peers.json</c>: text in, text out, no files.</summary>
public static class PeersFile
{
    /// <summary>
    /// Reads a network. Reports every problem at once; errors leave no plan, warnings do. Comments and trailing
    /// commas are allowed. Never throws for what the text contains.
    /// </summary>
    public static PeersFileResult Parse(ReadOnlySpan<byte> json) => PeersFileReader.Read(json);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static PeersFileResult Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>
    /// Reads a network from a file, for every program that has one. A file that cannot be read is a problem like any
    /// other; never throws for what is on the disk.
    /// </summary>
    /// <param name="path">Of the file, as the user said it.</param>
    /// <param name="readAllBytes">How the host reads a file: <c>File.ReadAllBytes</c>.</param>
    public static PeersFileResult Load(string path, Func<string, byte[]> readAllBytes)
    {
        ArgumentNullException.ThrowIfNull(readAllBytes);
        try
        {
            var result = Parse(readAllBytes(path));
            return result with { Plan = result.Plan?.In(Path.GetDirectoryName(path) ?? "") };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = problem is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file."
                : problem.Message;
            return new PeersFileResult(null, [new PlanProblem(path, why, Severity.Error)]);
        }
    }

    /// <summary>The same file with the public keys of a plan; all else in it stays, comments included.</summary>
    /// <param name="json">A file that <see cref="Parse(ReadOnlySpan{byte})"/> reads without an error.</param>
    public static byte[] WithKeys(ReadOnlySpan<byte> json, NetworkPlan plan) => PublicKeys.Put(json, plan);

    /// <summary>A file that <see cref="Parse(string)"/> reads as the same plan, one line per peer.</summary>
    public static string Write(NetworkPlan plan) => PeersFileWriter.Write(plan);
}
