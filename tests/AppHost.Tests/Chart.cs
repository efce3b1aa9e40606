using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>A Helm chart as the AppHost publishes it.</summary>
/// <param name="File">The network that it is of; the chart is in its folder.</param>
internal sealed record Chart(PeersFiles File)
{
    public string Folder { get; } = Path.Combine(File.Folder.FullName, "out");

    public NetworkPlan Plan => File.Plan;

    public static async Task<Chart> PublishAsync(PeersFiles file)
    {
        var chart = new Chart(file);
        var (code, output, errors) = await AppHostProcess.RunAsync(
            "--peers", file.Path, "--target", "kubernetes", "--operation", "publish", "--step", "publish",
            "--output-path", chart.Folder);
        Assert.True(code == 0, $"{output}\n{string.Join('\n', errors)}");
        return chart;
    }

    /// <summary>What <c>helm install</c> would create.</summary>
    /// <param name="values">Such as <c>controlKey=secret</c>.</param>
    public async Task<Release> RenderAsync(string release, params string[] values)
    {
        var (code, output, errors) = await TryRenderAsync(release, values);
        Assert.True(code == 0, errors);
        return new Release(output);
    }

    public Task<(int ExitCode, string Output, string Errors)> TryRenderAsync(string release, params string[] values) =>
        Helm.RunAsync(["template", release, Folder, .. values.SelectMany(value => (string[])["--set", value])]);
}
