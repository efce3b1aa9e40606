using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Blockchain.PeerNode.Tests;

/// <summary>The node as it is asked by the health check of its container.</summary>
public sealed class HealthTests
{
    /// <summary>Health checks are given 5 s.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task AskHealth_OfARunningNode_Is0()
    {
        await using var node = await NodeFixture.StartAsync();

        Assert.Equal((0, ""), await AskAsync($"--urls={node.Host.Http}"));
    }

    [Theory]
    [InlineData(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "answers: HTTP/1.1 503 Service Unavailable")]
    [InlineData("HTTP/1.1 2000 What\r\n\r\n", "answers: HTTP/1.1 2000 What")]
    [InlineData("", "answers: ")]
    [InlineData(null, "does not answer")]
    public async Task AskHealth_OfSomethingThatIsNotWell_Is1AndSaysWhy(string? answer, string why)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var service = AnswerAsync(listener, answer);

        var watch = Stopwatch.StartNew();
        var (code, error) = await AskAsync("--HTTP_PORTS", $"{((IPEndPoint)listener.LocalEndpoint).Port}");

        Assert.Equal(1, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Short);
        (await service).Dispose();
    }

    [Fact]
    public async Task AskHealth_WithoutPort_AsksWhereTheNodeWouldListen()
    {
        using var folder = new TestFolder();
        var ip = NodeFixture.NewNetwork() + ".1";
        var port = NodeFixture.FreePort(ip);
        var file = folder.Write("peers.json", $$"""{ "peers": { "1": { "ip": "{{ip}}", "port": {{port}} } } }""");

        var (code, error) = await AskAsync("--Node:Id=1", $"--Node:File={file}");

        Assert.Equal(1, code);
        Assert.StartsWith($"http://127.0.0.1:{port + 2000} ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskHealth_WithoutSettings_Is1AndSaysWhy()
    {
        var (code, error) = await AskAsync();

        Assert.Equal(1, code);
        Assert.Contains("do not say where", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> AskAsync(params string[] arguments)
    {
        await using var errors = new StringWriter();
        var code = await Task.Run(
            () => NodeProgram.AskHealth(["--health", .. arguments], errors)).WaitAsync(TestClient.Deadline);
        return (code, errors.ToString().TrimEnd('\r', '\n'));
    }

    /// <param name="text">Null: it keeps the caller waiting.</param>
    private static async Task<TcpClient> AnswerAsync(TcpListener listener, string? text)
    {
        var caller = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        if (text is null)
        {
            return caller;
        }

        var request = new byte[1024];
        Assert.NotEqual(0, await caller.GetStream().ReadAsync(request, TestContext.Current.CancellationToken));
        await caller.GetStream().WriteAsync(
            System.Text.Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        caller.Client.Shutdown(SocketShutdown.Send);
        return caller;
    }
}
