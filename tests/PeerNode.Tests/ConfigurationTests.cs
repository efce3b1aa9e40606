using System.Net;
using System.Net.Sockets;

namespace Blockchain.PeerNode.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task Start_WithSeveralMistakes_ListsThemAllAndExitsWith2()
    {
        var (code, errors) = await RunAsync("--Node:Addresses=Everywhere", "--Node:Seed=-1");

        Assert.Equal(2, code);
        Assert.Equal(4, errors.Length);
        Assert.Contains(errors, line => line.Contains("Node:Id", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("Node:File", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("Node:Addresses", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("Node:Seed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithABrokenFile_NamesEachPlaceInIt()
    {
        using var folder = new TestFolder();
        var file = folder.Write("peers.json", """
            { "peers": { "1": { "ip": "127.0.0.1", "port": 99999 }, "2": { "ip": 5, "port": 5002, "fanout": 0 } } }
            """);

        var (code, errors) = await RunAsync("--Node:Id=1", $"--Node:File={file}");

        Assert.Equal(2, code);
        Assert.Contains(errors, line => line.Contains("port", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("fanout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AsAPeerThatTheFileLacks_SaysWhomItHas()
    {
        using var folder = new TestFolder();
        var file = folder.Write("peers.json", """{ "peers": { "1": { "ip": "127.0.0.1", "port": 5001 } } }""");

        var (code, errors) = await RunAsync("--Node:Id=2", $"--Node:File={file}");

        Assert.Equal(2, code);
        Assert.Contains("it has 1.", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithPagesBeyondLoopback_IsRefused()
    {
        using var folder = new TestFolder();
        var file = folder.Write("peers.json", """{ "peers": { "1": { "ip": "127.0.0.1", "port": 5001 } } }""");

        var (code, errors) = await RunAsync("--Node:Id=1", $"--Node:File={file}", "--urls=http://0.0.0.0:7001");

        Assert.Equal(2, code);
        Assert.Contains("loopback", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnATakenPort_SaysWhichInOneLine()
    {
        using var folder = new TestFolder();
        var ip = NodeFixture.NewNetwork() + ".1";
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Parse(ip), 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var file = folder.Write("peers.json", $$"""{ "peers": { "1": { "ip": "{{ip}}", "port": {{port}} } } }""");

        var (code, errors) = await RunAsync("--Node:Id=1", $"--Node:File={file}", "--urls=http://127.0.0.1:0");

        Assert.Equal(2, code);
        Assert.Contains($"{ip}:{port}", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string[] Errors)> RunAsync(params string[] arguments)
    {
        using var errors = new StringWriter();
        var code = await NodeProgram.RunAsync(arguments, errors).WaitAsync(TestClient.Deadline);
        return (code, errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
