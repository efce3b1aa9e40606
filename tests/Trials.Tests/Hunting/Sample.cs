using System.Text;
using Blockchain.Trials.Reading;

namespace Blockchain.Trials.Tests.Hunting;

/// <summary>A scenario of the shipped network in which much happens, and only what is promised is expected.</summary>
internal static class Sample
{
    public const string Usual = """
        {
          "network": "peers.json",
          "steps": [
            { "at": "10s", "do": "partition", "peers": "group 1", "for": "20s" },
            { "do": "mine", "peers": "5005" },
            { "after": "5s", "do": "mine", "peers": "5009", "count": 3 },
            { "after": "30s", "expect": { "sameChain": "honest" }, "within": "20s" },
            { "do": "kill", "peers": "5010" },
            { "after": "5s", "do": "mine", "peers": "5005", "as": "last" },
            { "once": { "sameChain": "honest" }, "within": "30s", "do": "start", "peers": "5010" },
            { "do": "generate", "peers": "all", "value": false },
            { "after": "20s", "expect": { "everywhere": "last", "of": "honest" }, "within": "30s" },
            { "expect": { "notBanned": "honest" } }
          ]
        }
        """;

    public static Scenario Read(string json)
    {
        var result = ScenarioFile.Parse(Encoding.UTF8.GetBytes(json), "sample", _ => PeersFile());
        Assert.Empty(result.Problems);
        return result.Scenario!;
    }

    private static byte[] PeersFile()
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream("peers.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
