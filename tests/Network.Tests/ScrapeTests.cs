using System.Diagnostics;
using System.Text.Json;

namespace Blockchain.Network.Tests;

/// <summary>The Prometheus configuration of a running network.</summary>
public sealed class ScrapeTests
{
    [Fact]
    public async Task Up_PeersComeAndGo_ListsThoseThatRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finding a launcher's nodes needs /proc.");
        await using var launcher = await RunningLauncher.UpAsync("--no-observatory");
        var configuration = ConfigurationOf(launcher);
        var plan = launcher.Network.Plan;
        Assert.Equal(
            plan.Peers.Select(peer => $"127.0.0.1:{plan.HttpPort(peer.Id)}").Order(), Targets(configuration).Order());
        foreach (var target in Targets(configuration))
        {
            Assert.True(await launcher.AnswersAsync(new Uri($"http://{target}/metrics")));
        }

        using (var process = Process.GetProcessById(launcher.Nodes.First()))
        {
            process.Kill();
        }

        await launcher.EventuallyAsync(
            "it is off the list", () => Targets(configuration).Length == plan.Peers.Count - 1);

        await launcher.StopAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(configuration)));
    }

    [Fact]
    public async Task Up_FolderOfMine_IsWrittenToAndLeftWithoutTheFiles()
    {
        var folder = Directory.CreateTempSubdirectory("blockchain-scrape-test-");
        try
        {
            await using var launcher = await RunningLauncher.UpAsync("--no-observatory", "--scrape", folder.FullName);
            Assert.Equal(["prometheus.yml", "targets.json"], folder.EnumerateFiles().Select(file => file.Name).Order());
            await launcher.StopAsync();
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Up_Configuration_SatisfiesPrometheus()
    {
        await using var launcher = await RunningLauncher.UpAsync("--no-observatory");
        using var process = TryStart("promtool", "check", "config", "--lint-fatal", ConfigurationOf(launcher));
        Assert.SkipWhen(process is null, "promtool, which comes with Prometheus, is not installed.");
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
    }

    private static string ConfigurationOf(RunningLauncher launcher) =>
        launcher.Said("Prometheus")["prometheus --config.file=".Length..];

    private static string[] Targets(string configuration)
    {
        using var list = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(configuration)!, "targets.json")));
        return
        [
            .. list.RootElement.EnumerateArray()
                .SelectMany(item => item.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetString()!),
        ];
    }

    private static Process? TryStart(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
