using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

/// <summary>Reads a <c>peers.json</c> from disk.</summary>
internal static class PlanReader
{
    /// <param name="warnings">Where to say what is odd about the file but not wrong.</param>
    /// <exception cref="RefusedException">It cannot be read, or there is anything wrong with it.</exception>
    public static NetworkPlan Read(string path, TextWriter warnings)
    {
        var result = PeersFile.Load(path, File.ReadAllBytes);
        if (result.Plan is null)
        {
            throw new RefusedException([.. result.Problems.Select(problem => problem.ToString())]);
        }

        var unnameable = result.Plan.Peers
            .Where(peer => !IsResourceName(ServiceNames.OfPeer(peer.Id)))
            .Select(peer =>
                $"error: {peer.SourcePath}: \"{ServiceNames.OfPeer(peer.Id)}\" cannot be the name of a resource; "
                + "use only letters, digits and single hyphens")
            .ToArray();
        if (unnameable.Length > 0)
        {
            throw new RefusedException(unnameable);
        }

        foreach (var warning in result.Warnings)
        {
            warnings.WriteLine(warning);
        }

        return result.Plan;
    }

    // Aspire's own rule; its message would come for one peer at a time, with a stack trace.
    private static bool IsResourceName(string name) =>
        name.Length <= 64
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
        && !name.EndsWith('-')
        && !name.Contains("--", StringComparison.Ordinal);
}
