#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Net;
using System.Net.Sockets;

namespace Blockchain.AppHost.Tests;

/// <summary>What is wrong with a start is said in full, and nothing is started.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task BrokenFile_OnStart_GivesOneLinePerProblem()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                """{ "peers": { "1": { "ip": "127.9.9.9", "port": 70000 }, "2": { "ip": 5, "port": 5002, "fanout": 0 } } }""",
                TestContext.Current.CancellationToken);
            var (code, output, errors) = await AppHostProcess.RunAsync(file);
            Assert.Equal(2, code);
            Assert.Equal(3, errors.Length);
            Assert.All(errors, line => Assert.StartsWith("error: $.peers['", line, StringComparison.Ordinal));
            Assert.Empty(output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task TakenPort_OnStart_IsRefusedInOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                $$"""{ "peers": { "2": { "ip": "127.0.0.1", "port": {{port - 2000}} } } }""",
                TestContext.Current.CancellationToken);
            var (code, _, errors) = await AppHostProcess.RunAsync(file);
            Assert.Equal(2, code);
            Assert.Contains($"HTTP port 127.0.0.1:{port} of peer 2 is taken", Assert.Single(
                errors), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("no-such-peers.json", "no-such-peers.json")]
    [InlineData("--for", "--for")]
    [InlineData("--for=soon", "soon")]
    [InlineData("--observabilty", "There is no option --observabilty")]
    public async Task ImpossibleArguments_OnStart_AreRefusedInOneLine(string argument, string expected)
    {
        var (code, _, errors) = await AppHostProcess.RunAsync(argument);
        Assert.Equal(2, code);
        Assert.Contains(expected, Assert.Single(errors), StringComparison.Ordinal);
    }
}
