using System.Diagnostics;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Network;

/// <summary>One peer of a local network, over all the runs of its process.</summary>
public sealed class LocalNode : IDisposable
{
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(80);

    private readonly LocalNetworkOptions _options;
    private readonly ProcessStartInfo _start;
    private readonly Lock _gate = new();
    private NodeProcess? _process;
    private Task _watch = Task.CompletedTask;
    private Stopwatch _sinceStart = new();

    internal LocalNode(PeerPlan plan, NodeClient client, ProcessStartInfo start, LocalNetworkOptions options)
    {
        Plan = plan;
        Client = client;
        _start = start;
        _options = options;
    }

    /// <summary>Raised on a thread of the pool when the process has ended without having been asked to.</summary>
    public event Action<LocalNode>? Died;

    public PeerPlan Plan { get; }

    public PeerId Id => Plan.Id;

    public NodeClient Client { get; }

    /// <summary>Where its pages are.</summary>
    public Uri Url => Client.Url;

    public NodeState State { get; private set; }

    /// <summary>How long its last start took until it was healthy.</summary>
    public TimeSpan? UpAfter { get; private set; }

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
            if (State is NodeState.Starting or NodeState.Up)
                throw new InvalidOperationException($"Peer {Id} is running.");
            _process?.Dispose();
            _sinceStart = Stopwatch.StartNew();
            var log = _options.LogDirectory is { } folder ? Path.Combine(folder, $"peer-{Id}.log") : null;
            _process = NodeProcess.Start(_start, log);
            (State, UpAfter, ExitCode) = (NodeState.Starting, null, null);
            _watch = WatchAsync(_process);
        }
    }

    /// <summary>Completes when the node is healthy, or is no longer running.</summary>
    public async Task UntilUpAsync(CancellationToken cancellation = default)
    {
        using var timer = new PeriodicTimer(HealthInterval);
        while (State == NodeState.Starting)
        {
            if (await Client.IsHealthyAsync(cancellation).ConfigureAwait(false))
                Become(NodeState.Up);
            else
                await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>SIGTERM, and SIGKILL after the time of grace.</summary>
    public Task StopAsync() => EndAsync(process => process.StopAsync(_options.StopGrace));

    /// <summary>SIGKILL at once.</summary>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    public void Dispose() => _process?.Dispose();

    private async Task EndAsync(Func<NodeProcess, Task> end)
    {
        NodeProcess process;
        Task watch;
        lock (_gate)
        {
            if (_process is null || State is not (NodeState.Starting or NodeState.Up))
                return;
            (process, watch) = (_process, _watch);
            State = NodeState.Stopped;
        }

        await end(process).ConfigureAwait(false);

        // Or the end of this run could be taken for that of the next.
        await watch.ConfigureAwait(false);
    }

    private void Become(NodeState state)
    {
        lock (_gate)
        {
            if (State != NodeState.Starting)
                return;
            State = state;
            UpAfter = _sinceStart.Elapsed;
        }
    }

    private async Task WatchAsync(NodeProcess process)
    {
        await process.Ended.ConfigureAwait(false);
        lock (_gate)
        {
            ExitCode = process.ExitCode;
            if (State == NodeState.Stopped)
                return;
            State = NodeState.Died;
        }

        Died?.Invoke(this);
    }
}
