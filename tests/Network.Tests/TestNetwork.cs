using Blockchain.Launching.Nodes;
using Blockchain.Launching;
using Blockchain.Network.Scenarios;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>A network of real processes with free ports, addresses and a folder that no other run has.</summary>
public sealed class TestNetwork : INetworkUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-network-");

    /// <param name="telemetry">Where its nodes send what they measure; null: nowhere.</param>
    public TestNetwork(NetworkPlan plan, TelemetryTarget? telemetry = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        File = Write("peers.json", plan);
        Local = new LocalNetwork(plan, File, new LocalNetworkOptions
        {
            Addresses = Addresses,
            Telemetry = telemetry ?? TelemetryTarget.None,
        });
        Nodes = [.. Local.Nodes.Select(node => new LocalTrialNode(node))];
    }

    public NetworkPlan Plan { get; }

    public string File { get; }

    public AddressMode Addresses => TestPlan.Addresses;

    public LocalNetwork Local { get; }

    public IReadOnlyList<ITrialNode> Nodes { get; }

    /// <inheritdoc cref="TestPlan.OfShippedFile"/>
    public static TestNetwork OfShippedFile(params string[] only) => new(TestPlan.OfShippedFile(only));

    public async Task StartAsync()
    {
        Local.Start();
        using var stop = new CancellationTokenSource();
        var up = Local.UntilUpAsync(stop.Token);
        await Eventually.HoldsAsync(
            "all peers are up",
            () => Task.FromResult(up.IsCompleted),
            () => Task.FromResult(string.Join(' ', Local.Nodes.Select(node => node.State))),
            this.DescribeAsync);
        await up;
        Assert.True(Local.Nodes.All(node => node.State == NodeState.Up), await this.DescribeAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Local.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Write(string name, NetworkPlan plan)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, PeersFile.Write(plan));
        return path;
    }
}
