using Blockchain.Lab.Commands;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests.Simulate;

/// <summary>The command network, and simulate with the files of others.</summary>
public sealed class NetworkFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("network-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Network_OfAnEdgeListWithRegions_IsAPeersJsonWithoutAMistake()
    {
        var edges = Write("edges.csv", "from,to,from_region,to_region,bandwidth\na,b,eu,us,20Mbit/s\nb,c,us,us,");
        var regions = Write("regions.csv", "latency_ms,eu,us\neu,10,45\nus,45,20");
        var output = new StringWriter();

        Assert.Equal(ExitCode.Success, NetworkCommand.Run(edges, regions, null, output, TextWriter.Null));

        var read = PeersFile.Parse(output.ToString());
        Assert.Empty(read.Problems);
        Assert.Equal(TimeSpan.FromMilliseconds(45), read.Plan!.Regions!.Latency("eu", "us").Min);
        Assert.Equal(20_000_000, Assert.Single(read.Plan[new("b")].Links).Bandwidth);
        Assert.False(read.Plan.Defaults.Discovery);
    }

    [Fact]
    public void Network_WithMistakesInBothFiles_SaysAllOfThem()
    {
        var edges = Write("edges.csv", "from,to,loss\na,b,2\na,a,0");
        var regions = Write("regions.csv", "latency_ms,eu\neu,x");
        var error = new StringWriter();

        Assert.Equal(ExitCode.Refused, NetworkCommand.Run(edges, regions, null, TextWriter.Null, error));

        Assert.Equal(
            ["regions.csv:2:", "edges.csv:2:", "edges.csv:3:"],
            error.ToString().TrimEnd().Split('\n').Select(line => Path.GetFileName(line.Split(' ')[0])));
    }

    [Fact]
    public void Simulate_OfAnEdgeList_HasItsLinksAndItsOptions()
    {
        var edges = Write("edges.csv", "from,to,latency_ms\na,b,30\nb,c,40");
        var problems = new List<string>();
        var parsed = SimulateCommand.Build().Parse(
            ["--network", edges, "--loss", "0.1", "--blocks", "3", "--block-size", "1MB"]);

        var request = SimulateCommand.Read(parsed, problems);

        Assert.Empty(problems);
        var plan = Assert.IsType<Simulation.LinkedNetwork>(request!.Config.Network).Plan;
        Assert.Equal("edges", request.Name);
        Assert.Equal((0.1, 3, TimeSpan.FromMinutes(10)), (
            plan.Peers[0].Settings.DropProbability, request.Config.Stop.Blocks, request.Config.Workload.BlockInterval));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
