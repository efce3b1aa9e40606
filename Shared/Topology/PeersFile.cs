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

    /// <summary>A file that <see cref="Parse(string)"/> reads as the same plan, one line per peer.</summary>
    public static string Write(NetworkPlan plan) => PeersFileWriter.Write(plan);
}
