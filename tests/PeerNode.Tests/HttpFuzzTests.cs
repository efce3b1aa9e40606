using Blockchain.Fuzzing;
using Blockchain.Fuzzing.Http;
using Blockchain.NodeApi;

namespace Blockchain.PeerNode.Tests;

/// <summary>Commands drawn at random, to a running node.</summary>
public sealed class HttpFuzzTests
{
    private const ulong Seed = 1;
    private const int Inputs = 250;

    [Fact]
    public async Task Commands_OfFixedSeedsAndOfTheCorpus_AreAnsweredAsTheSlowRuleSays()
    {
        await using var node = await NodeFixture.StartAsync();
        var target = new HttpTarget(node.Http, ControlRoutes.KeyHeader, NodeFixture.Key);

        foreach (var file in Corpus.FilesOf(target))
        {
            target.Check(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        }

        var (tried, failures) = FuzzRun.Run(target, Seed, tried => tried < Inputs);

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(Inputs, tried);
    }
}
