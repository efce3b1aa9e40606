using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>The peers.json of the repository's root.</summary>
internal static class Shipped
{
    public static NetworkPlan Plan()
    {
        using var stream = typeof(Shipped).Assembly.GetManifestResourceStream("peers.json")!;
        using var reader = new StreamReader(stream);
        var result = PeersFile.Parse(reader.ReadToEnd());
        Assert.NotNull(result.Plan);
        return result.Plan;
    }
}
