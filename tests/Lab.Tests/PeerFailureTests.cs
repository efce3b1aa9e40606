using System.Diagnostics;
using System.Text;
using Blockchain.Launching;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests;

/// <summary>What the launcher does about a node whose peer throws.</summary>
public sealed class PeerFailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Up_PeerThatFails_ShowsItsLastWordsAndHowToStartItAgain()
    {
        var output = await RunUntilAsync(plan => plan, "--Node:Id=5000");

        Assert.Contains("peer 5000 died with exit code 70", output, StringComparison.Ordinal);
        Assert.Contains(
            $"error: peer 5000 failed and ended: InvalidOperationException: {StartupHook.Words}", output,
            StringComparison.Ordinal);
        Assert.Contains("always by \"restart\": \"always\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("starts again", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_PeerThatFailsWhereTheFileRestarts_IsStartedAgainAfterGrowingPauses()
    {
        var output = await RunUntilAsync(
            plan => new NetworkPlan(plan.Peers, plan.Defaults) { Restarts = true }, "starts again in 2");

        Assert.Contains("peer 5000 starts again in 1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("start it again with", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pauses_OfAServiceThatDiesAgainAndAgain_GrowToALimitAndBeginAnewWhenItRanWell()
    {
        var pause = new RestartPause();

        var seconds = Enumerable.Range(0, 8).Select(_ => pause.After(TimeSpan.FromSeconds(3)).TotalSeconds).ToArray();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], seconds);
        Assert.Equal(RestartPause.Shortest, pause.After(RestartPause.Well));
        Assert.Equal(2 * RestartPause.Shortest, pause.After(TimeSpan.Zero));
    }

    [Fact]
    public void Command_ThatStartsAPeerByHand_HasNoSecret()
    {
        var options = new LocalNetworkOptions { ControlKey = "secret" };
        var start = NodeLaunch.StartInfo(
            new NodeExecutable("/my node", [], "/dotnet"), Networks.Peer("5000"), "/tmp/it's/peers.json",
            new Uri("http://127.0.0.1:7000/"), options);

        Assert.Equal(
            @"'/my node' --Node:Id=5000 '--Node:File=/tmp/it'\''s/peers.json' --Node:Addresses=Own",
            NodeLaunch.CommandOf(start));
    }

    /// <summary>Runs <c>up</c>, with a peer 5000 that throws, until it has said something.</summary>
    private static async Task<string> RunUntilAsync(Func<NetworkPlan, NetworkPlan> change, string awaited)
    {
        var folder = Directory.CreateTempSubdirectory("blockchain-failure-");
        try
        {
            var plan = new NetworkPlan([Networks.Peer("5000"), Networks.Peer("5001", 5001)]);
            var file = Path.Combine(folder.FullName, "peers.json");
            await File.WriteAllTextAsync(
                file, PeersFile.Write(change(FreePorts.Assign(plan.WithSettings(
                    settings => settings with { BlockInterval = TimeSpan.FromMilliseconds(300), Jitter = 0 })))),
                TestContext.Current.CancellationToken);
            using var process = Start(file);
            try
            {
                return await ReadUntilAsync(process, awaited);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> ReadUntilAsync(Process process, string awaited)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            output.AppendLine(line);
            if (line.Contains(awaited, StringComparison.Ordinal))
            {
                return output.ToString();
            }
        }

        Assert.Fail($"It ended before it said \"{awaited}\": {output}");
        return "";
    }

    private static Process Start(string file)
    {
        var dotnet = Path.Combine(NodeExecutable.Find(AppContext.BaseDirectory).DotnetRoot, "dotnet");
        var start = new ProcessStartInfo(
            dotnet, [Path.Combine(AppContext.BaseDirectory, "Blockchain.Lab.dll"), "up", file, "--no-observatory"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        return Process.Start(start)!;
    }
}
