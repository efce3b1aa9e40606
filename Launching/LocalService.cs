using System.Diagnostics;

namespace Blockchain.Launching;

/// <summary>A service of a local network, over all the runs of its process.</summary>
public class LocalService : IDisposable
{
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(80);

    private readonly LocalNetworkOptions _options;
    private readonly ProcessStartInfo _start;
    private readonly Func<CancellationToken, Task<bool>> _isHealthy;
    private readonly Lock _gate = new();
    private ChildProcess? _process;
    private Task _watch = Task.CompletedTask;
    private Stopwatch _sinceStart = new();

    /// <param name="name">As in service discovery.</param>
    /// <param name="title">As people are told of it, within a sentence.</param>
    internal LocalService(
        string name,
        string title,
        Uri url,
        Func<CancellationToken, Task<bool>> isHealthy,
        ProcessStartInfo start,
        LocalNetworkOptions options)
    {
        Name = name;
        Title = title;
        Url = url;
        _isHealthy = isHealthy;
        _start = start;
        _options = options;
    }

    /// <summary>Raised on a thread of the pool when the process has ended without having been asked to.</summary>
    public event Action<LocalService>? Died;

    /// <summary>Raised where it was just started or has just ended, however that came.</summary>
    public event Action<LocalService>? Changed;

    /// <summary>Raised on a thread of the pool for each line that it writes to its standard output.</summary>
    public event Action<string>? Said;

    /// <summary>"peer-5000".</summary>
    public string Name { get; }

    /// <summary>"peer 5000".</summary>
    public string Title { get; }

    /// <summary>Where its pages are.</summary>
    public Uri Url { get; }

    public NodeState State { get; private set; }

    public bool IsRunning => State is NodeState.Starting or NodeState.Up;

    /// <summary>How long its last start took until it was healthy.</summary>
    public TimeSpan? UpAfter { get; private set; }

    /// <summary>How long its last run has lasted.</summary>
    public TimeSpan RanFor => _sinceStart.Elapsed;

    /// <summary>Of its last run; null while it runs.</summary>
    public int? ExitCode { get; private set; }

    public int? ProcessId => _process?.Id;

    /// <summary>The last lines that its last run wrote, errors first of all.</summary>
    public IReadOnlyList<string> LastWords => _process?.LastWords ?? [];

    /// <exception cref="InvalidOperationException">It is running.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (IsRunning)
            {
                throw new InvalidOperationException($"{Name} is running.");
            }

            _process?.Dispose();
            _sinceStart = Stopwatch.StartNew();
            var log = _options.LogDirectory is { } folder ? Path.Combine(folder, $"{Name}.log") : null;
            _process = ChildProcess.Start(_start, log, line => Said?.Invoke(line));
            (State, UpAfter, ExitCode) = (NodeState.Starting, null, null);
            _watch = WatchAsync(_process);
        }

        Changed?.Invoke(this);
    }

    /// <summary>Completes when the service is healthy, or is no longer running.</summary>
    public async Task UntilUpAsync(CancellationToken cancellation = default)
    {
        using var timer = new PeriodicTimer(HealthInterval);
        while (State == NodeState.Starting)
        {
            if (await _isHealthy(cancellation))
            {
                Become(NodeState.Up);
            }
            else
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
        }
    }

    /// <summary>SIGTERM, and SIGKILL after the time of grace.</summary>
    public Task StopAsync() => EndAsync(process => process.StopAsync(_options.StopGrace));

    /// <summary>SIGKILL at once.</summary>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    public void Dispose()
    {
        _process?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task EndAsync(Func<ChildProcess, Task> end)
    {
        ChildProcess process;
        Task watch;
        lock (_gate)
        {
            if (_process is null || !IsRunning)
            {
                return;
            }

            (process, watch) = (_process, _watch);
            State = NodeState.Stopped;
        }

        await end(process);

        // Or the end of this run could be taken for that of the next.
        await watch;
    }

    private void Become(NodeState state)
    {
        lock (_gate)
        {
            if (State != NodeState.Starting)
            {
                return;
            }

            State = state;
            UpAfter = _sinceStart.Elapsed;
        }
    }

    private async Task WatchAsync(ChildProcess process)
    {
        await process.Ended;
        bool died;
        lock (_gate)
        {
            ExitCode = process.ExitCode;
            _sinceStart.Stop();
            died = State != NodeState.Stopped;
            if (died)
            {
                State = NodeState.Died;
            }
        }

        Changed?.Invoke(this);
        if (died)
        {
            Died?.Invoke(this);
        }
    }
}
