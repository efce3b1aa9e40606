using System.ComponentModel;

namespace Blockchain.Launching.Dashboard;

/// <summary>The Aspire dashboard beside a network that Aspire does not run: its traces, metrics and logs.</summary>
internal sealed class StandaloneDashboard : IAsyncDisposable
{
    public const int UsualPort = 18_888;

    private const int UsualOtlpPort = 4317;
    private const int UsualOtlpHttpPort = 4318;

    // Where it never ran before, it unpacks itself first.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private StandaloneDashboard(string cli, int port, PortChoice ports)
    {
        var frontend = LocalUrl(port);
        Otlp = LocalUrl(ports.Next(UsualOtlpPort));
        Service = new LocalService(
            "dashboard",
            "the dashboard",
            frontend,
            token => _http.AnswersAsync(frontend, token),
            DashboardLaunch.StartInfo(cli, frontend, Otlp, LocalUrl(ports.Next(UsualOtlpHttpPort))),
            new LocalNetworkOptions());
    }

    public LocalService Service { get; }

    /// <summary>Where it takes telemetry.</summary>
    public Uri Otlp { get; }

    /// <summary>Starts it, and completes when it answers.</summary>
    /// <param name="port">Where its pages are to be.</param>
    /// <param name="remarks">Where to say what takes long.</param>
    /// <exception cref="RefusedException">There is no Aspire CLI and none can be had, or it does not start.</exception>
    public static async Task<StandaloneDashboard> StartAsync(
        int port, PortChoice ports, TextWriter remarks, CancellationToken cancellation)
    {
        var cli = AspireCli.Find();
        if (cli is null)
        {
            await remarks.WriteLineAsync("asking npx for the Aspire CLI ...");
            cli = await AspireCli.GetByNpxAsync(cancellation);
        }

        if (cli is null)
        {
            throw new RefusedException(
                "--dashboard needs the Aspire CLI, which is not installed and cannot be had by npx; "
                + "see https://aspire.dev/get-started/install-cli/");
        }

        var dashboard = new StandaloneDashboard(cli, ports.Next(port), ports);
        try
        {
            await dashboard.StartAsync(cancellation);
            return dashboard;
        }
        catch
        {
            await dashboard.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync();
        Service.Dispose();
        _http.Dispose();
    }

    private static Uri LocalUrl(int port) => new($"http://127.0.0.1:{port}/");

    private async Task StartAsync(CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(StartPatience);
        try
        {
            Service.Start();
            await Service.UntilUpAsync(deadline.Token);
        }
        catch (Win32Exception error)
        {
            throw new RefusedException($"The dashboard could not be started: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RefusedException($"The dashboard did not answer within {StartPatience.TotalSeconds:0} s.");
        }

        if (Service.State == NodeState.Died)
        {
            var reason = Service.LastWords.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "without a word";
            throw new RefusedException($"The dashboard ended with code {Service.ExitCode}: {reason.Trim()}");
        }
    }
}
