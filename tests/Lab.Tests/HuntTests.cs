using System.Text.Json;
using Blockchain.Experiments.Hunting;
using Blockchain.Lab.Commands;
using Blockchain.Trials;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Reading;

namespace Blockchain.Lab.Tests;

/// <summary>Whole hunts of networks that are too small to take long.</summary>
public sealed class HuntTests : IDisposable
{
    private const string Network = """
        "network": { "generate": { "peers": 6 }, "defaults": { "blockInterval": "0s", "transactionInterval": "0s" } }
        """;

    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hunt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Hunt_ThatFindsSomething_LeavesAFileThatRepeatsIt()
    {
        // A partition that nobody heals, among much that has nothing to do with it.
        var scenario = Write("split.json", $$"""
            {
              {{Network}},
              "steps": [
                { "at": "10s", "do": "pause", "peers": "6004", "for": "3s" },
                { "do": "send", "peers": "6003", "count": 3 },
                { "after": "20s", "do": "partition", "peers": "6000, 6001" },
                { "do": "mine", "peers": "6000" },
                { "do": "mine", "peers": "6002", "count": 2 },
                { "after": "5s", "do": "restart", "peers": "6005" },
                { "after": "30s", "expect": { "sameChain": "all" }, "within": "40s" }
              ]
            }
            """);
        var found = Path.Combine(_folder.FullName, "found");

        Assert.Equal(1, await CommandLine.RunAsync(["hunt", scenario, "--seeds", "5", "--out", found]));

        var smallest = Read(Path.Combine(found, HuntFolder.FoundFile));
        Assert.Equal(2, smallest.Network.Peers.Count);
        Assert.Equal(3, smallest.Steps.Count);
        var repeated = HuntedRun.Run(smallest, Never);
        Assert.NotNull(repeated);
        Assert.Same(smallest.Steps[^1], repeated.Step!.Step);
        Assert.NotNull(HuntedRun.Run(Read(Path.Combine(found, HuntFolder.WholeFile)), Never));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(found, HuntFolder.ReportFile)), StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(found, HuntFolder.SummaryFile)));
        Assert.Equal(6, summary.RootElement.GetProperty("asFound").GetProperty("peers").GetInt32());
        Assert.Equal(2, summary.RootElement.GetProperty("smallest").GetProperty("peers").GetInt32());
    }

    [Fact]
    public async Task Hunt_ThatFindsNothing_LeavesNothing()
    {
        var scenario = Write("well.json", $$"""
            { {{Network}}, "steps": [{ "after": "5s", "expect": { "sameChain": "all" } }] }
            """);
        var found = Path.Combine(_folder.FullName, "nothing");

        Assert.Equal(0, await CommandLine.RunAsync(["hunt", scenario, "--seeds", "30", "--out", found]));
        Assert.False(Directory.Exists(found));
    }

    [Fact]
    public void Hunt_OfABadFileAndBadOptions_NamesAllMistakes()
    {
        var scenario = Write("bad.json", $$"""
            {
              {{Network}},
              "hunt": { "peers": "yes", "faults": 99, "more": 1 },
              "steps": [{ "expect": { "sameChain": "7000" } }]
            }
            """);
        var problems = new List<string>();
        var parsed = HuntCommand.Build().Parse([scenario, "--seed", "x", "--out", scenario]);

        Assert.Null(HuntCommand.Read(parsed, problems));
        Assert.Equal(6, problems.Count);
        Assert.All(["--seed", "--out", "$.hunt.peers", "$.hunt.faults", "$.hunt.more", "$.steps[0]"], place =>
            Assert.Contains(problems, problem => problem.Contains(place, StringComparison.Ordinal)));
    }

    [Fact]
    public void Search_OnOneThreadOrSeveral_FindsTheSameTrial()
    {
        // Who has the first block of its own depends on the seed.
        var scenario = Read(Write("race.json", """
            {
              "network": { "generate": { "peers": 4 }, "defaults": { "blockInterval": "8s" } },
              "steps": [{ "at": "10s", "expect": { "height": "all", "atMost": 4 } }]
            }
            """));
        var (one, several) = (Search(1), Search(4));

        Assert.NotNull(one);
        Assert.Equal(one.Value.Number, several!.Value.Number);
        Assert.Equal(one.Value.Failure.How, several.Value.Failure.How);

        (int Number, Failure Failure)? Search(int threads) => new HuntSearch(scenario, 1, 500, threads).Run(Never);
    }

    private static Scenario Read(string path)
    {
        var result = ScenarioFile.Load(path, File.ReadAllBytes);
        Assert.Empty(result.Problems);
        return result.Scenario!;
    }

    private string Write(string name, string json)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, json);
        return path;
    }
}
