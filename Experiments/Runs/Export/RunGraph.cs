using System.Globalization;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs.Export;

/// <summary>The graph of a run in its folder.</summary>
internal static class RunGraph
{
    /// <summary>Beyond this the files would be larger than all else, and nobody could draw them.</summary>
    private const int MostLinks = 4_000_000;

    public static string LeftOut { get; } = string.Create(
        CultureInfo.InvariantCulture, $"no graph was written: the network has more than {MostLinks:N0} links");

    /// <returns>Whether it was written; not if it has too many links.</returns>
    public static bool Write(SimulationRun run, RunFolder folder, int most = MostLinks)
    {
        if (run.Peers.Sum(peer => (long)peer.Degree) > most)
        {
            return false;
        }

        GraphEdge[] edges = [.. GraphWriter.EdgesOf(run)];
        GraphWriter.WriteCsv(folder.GraphCsv, edges);
        GraphWriter.WriteGraphMl(folder.GraphMl, run.Peers, edges);
        return true;
    }
}
