using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Blockchain.NodeApi;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>A node as a process of its own, which can be killed. Nobody else knows peer "1" but peer "3".</summary>
internal sealed class NodeProcess : IDisposable
{
    /// <summary>A machine that has much else to do starts a process slowly.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeProcess(Process process, HttpClient http)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Http = http;
    }

    public HttpClient Http { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>What it has taken of the processor, all threads together.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <param name="port">Of its pages.</param>
    public static NodeProcess Start(string file, string data, int port)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])[
            Path.Combine(AppContext.BaseDirectory, "Blockchain.PeerNode.dll"), "--Node:Id=1", $"--Node:File={file}",
            $"--Node:Data={data}", $"--Node:Key={NodeFixture.Key}", $"--urls=http://127.0.0.1:{port}"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new NodeProcess(
            process,
            new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TestClient.Deadline });
    }

    /// <summary>Waits until it answers.</summary>
    public async Task<NodeStatus> UntilUpAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await new NodeClient(Http, Http.BaseAddress!, NodeFixture.Key).StatusAsync();
            }
            catch (HttpRequestException)
            {
                await AssertRunsAsync(clock);
            }
        }
    }

    /// <summary>Connects with its P2P port, which is open as soon as its pages are.</summary>
    public async Task<TestClient> ConnectAsync(string from, IPEndPoint to)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await TestClient.ConnectAsync(from, to);
            }
            catch (SocketException)
            {
                await AssertRunsAsync(clock);
            }
        }
    }

    private async Task AssertRunsAsync(Stopwatch clock)
    {
        Assert.False(_process.HasExited, _process.HasExited ? $"It ended: {await _errors}" : "");
        Assert.True(clock.Elapsed < StartDeadline, "It does not answer.");
        await Task.Delay(5);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; waits for the end.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(
            System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(TestClient.Deadline);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        Http.Dispose();
    }
}
