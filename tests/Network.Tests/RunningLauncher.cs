using Blockchain.Launching;
using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

/// <summary><c>Lab up</c> of a few peers of the shipped file, and what it says beside their table.</summary>
internal sealed class RunningLauncher : IAsyncDisposable
{
    /// <summary>Generous, as is the other: on a busy machine processes start and end slowly.</summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromMinutes(4);

    public static readonly TimeSpan EndTime = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    private RunningLauncher(TestNetwork network, LauncherProcess process) => (Network, Process) = (network, process);

    public TestNetwork Network { get; }

    public LauncherProcess Process { get; }

    public IEnumerable<int> Nodes => RunningProcesses.With("Node__File", Network.File);

    /// <summary>Starts it; does not wait.</summary>
    public static RunningLauncher Start(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        var network = TestNetwork.OfShippedFile("5000", "5002", "5005");
        var addresses = network.Addresses == AddressMode.Single ? "single" : "own";
        return new RunningLauncher(
            network, LauncherProcess.Start(environment, ["up", network.File, "--addresses", addresses, .. options]));
    }

    /// <summary>Starts it, and completes when all peers are up.</summary>
    public static async Task<RunningLauncher> UpAsync(params string[] options)
    {
        var launcher = Start(new Dictionary<string, string>(), options);
        await launcher.Process.UntilAllUpAsync(StartTime);
        return launcher;
    }

    /// <summary>What a line of its output says that begins with this word.</summary>
    public string Said(string word)
    {
        var line = Process.Output.Split('\n').FirstOrDefault(
            line => line.StartsWith(word + " ", StringComparison.Ordinal));
        Assert.True(line is not null, $"no line begins with {word}:\n{Process.Output}");
        return line[word.Length..].Trim();
    }

    public async Task<bool> AnswersAsync(Uri url)
    {
        try
        {
            using var answer = await _http.GetAsync(url);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public Task<TimeSpan> EventuallyAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, () => Task.FromResult(condition()), EndTime, () => Task.FromResult(Process.Output));

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        Process.Signal(Signals.Terminate);
        await Process.UntilEndAsync(EndTime);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        _http.Dispose();
        await Network.DisposeAsync();
    }
}
