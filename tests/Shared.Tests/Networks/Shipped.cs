using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Networks;

/// <summary>The peers.json of the repository's root.</summary>
internal static class Shipped
{
    public static NetworkPlan Plan()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Blockchain.Aspire.sln")))
        {
            folder = folder.Parent;
        }

        var result = PeersFile.Parse(File.ReadAllText(Path.Combine(folder.FullName, "peers.json")));
        Assert.NotNull(result.Plan);
        return result.Plan;
    }
}
