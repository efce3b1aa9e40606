using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>
/// Networks in the files of others: text in, plan out. An edge list is CSV with the header <c>from,to,…</c>, GraphML
/// is XML; docs/simulator.md says what columns and attributes they have.
/// </summary>
public static class NetworkFile
{
    /// <summary>
    /// Reads a network. Reports every mistake at once, each with its line; never throws for what it reads.
    /// </summary>
    /// <param name="name">What the file is called, for messages.</param>
    /// <param name="regions">The matrix of regions; null: nobody is anywhere.</param>
    /// <returns>Null if anything is wrong.</returns>
    public static NetworkPlan? Read(string name, string text, RegionPlan? regions, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        var draft = new GraphDraft(name);
        if (text.AsSpan().TrimStart().StartsWith("<"))
        {
            GraphMlReader.Read(text, draft);
        }
        else
        {
            EdgeListReader.Read(text, draft);
        }

        return draft.Finish(regions, problems);
    }

    /// <summary>Reads a matrix of latencies between regions, in the same way.</summary>
    public static RegionPlan? ReadRegions(string name, string text, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        return RegionMatrixReader.Read(name, text, problems);
    }
}
