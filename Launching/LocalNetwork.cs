using System.Collections.Concurrent;
using System.ComponentModel;
using Blockchain.Launching.Guests;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>
/// The local form of a network: one process per peer on this machine, and if wanted one that shows the whole. Single
/// peers can be stopped, killed, started again and added; disposing stops all of them.
/// </summary>
public sealed class LocalNetwork : IAsyncDisposable
{
    private readonly LocalNetworkOptions _options;
    private readonly NodeExecutable _executable;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly List<LocalNode> _nodes = [];
    private readonly Lazy<PlainFile> _plain;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _restarts = [];

    /// <param name="plan">The network with the addresses that it has on this machine, see
    /// <see cref="LocalPlan"/>.</param>
    /// <param name="file">The <c>peers.json</c> that the plan is from.</param>
    /// <exception cref="FileNotFoundException">The node's program is not beside this assembly.</exception>
    public LocalNetwork(NetworkPlan plan, string file, LocalNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        Plan = plan;
        _options = options;
        _plain = new Lazy<PlainFile>(() => new PlainFile(plan));
        _executable = NodeExecutable.Find(AppContext.BaseDirectory);
        if (options.LogDirectory is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        foreach (var peer in plan.Peers)
        {
            Add(peer, file);
        }

        if (options.ObservatoryPort is not { } port)
        {
            return;
        }

        var url = new Uri($"http://127.0.0.1:{port}/");
        Observatory = ObservatoryLaunch.Create(_http, file, url, _nodes, options);
        ObservatoryLogin = ObservatoryLaunch.LoginAt(url, options);
        Observatory.Died += dead => Died?.Invoke(dead);
        Observatory.Said += line =>
        {
            if (ObservatoryLaunch.LoginIn(line) is { } next)
            {
                LoginMoved?.Invoke(next);
            }
        };
    }

    /// <summary>Raised on a thread of the pool when a process has ended without having been asked to.</summary>
    public event Action<LocalService>? Died;

    /// <summary>Raised when a node was started or has ended, however that came.</summary>
    public event Action? Changed;

    /// <summary>Raised after <see cref="Died"/> when a peer will be started again, after this pause.</summary>
    public event Action<LocalNode, TimeSpan>? Restarting;

    /// <summary>Raised when a browser was let into the Observatory: one more is let in at this address.</summary>
    public event Action<Uri>? LoginMoved;

    /// <summary>As the running peers were told it; those added later are not in it.</summary>
    public NetworkPlan Plan { get; }

    /// <summary>In the order of the plan, then those added later.</summary>
    public IReadOnlyList<LocalNode> Nodes => _nodes;

    /// <summary>
    /// The page of the whole network, which follows the peers of the plan; null if none was asked for.
    /// </summary>
    public LocalService? Observatory { get; }

    /// <summary>Where the first browser is let into it.</summary>
    public Uri? ObservatoryLogin { get; }

    /// <summary>Whether a peer runs.</summary>
    public bool IsAnyRunning => _nodes.Any(node => node.IsRunning);

    /// <summary>The peers that run at the moment when it is gone through.</summary>
    public IEnumerable<ScrapeTarget> ScrapeTargets => _nodes
        .Where(node => node.IsRunning && node.Plan.Program is null)
        .Select(node => new ScrapeTarget(node.Plan.Info, node.Url.Authority));

    private IEnumerable<LocalService> Services => Observatory is { } observatory ? [.. _nodes, observatory] : _nodes;

    /// <exception cref="InvalidOperationException">There is no such peer.</exception>
    public LocalNode this[PeerId id] => _nodes.First(node => node.Id == id);

    /// <inheritdoc cref="this[PeerId]"/>
    public LocalNode this[string id] => this[new PeerId(id)];

    /// <summary>Adds a peer, which is not started by that.</summary>
    /// <param name="peer">With the address that it has on this machine.</param>
    /// <param name="file">A <c>peers.json</c> with this peer; those that run need not know of it.</param>
    public LocalNode Add(PeerPlan peer, string file)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var url = NodeAddress.OnThisMachine(peer.Info.Port);
        var node = new LocalNode(
            peer,
            _http,
            url,
            peer.Program is null
                ? NodeLaunch.StartInfo(_executable, peer, file, url, _options)
                : GuestLaunch.StartInfo(peer, _plain.Value.Path),
            _options);
        node.Died += dead =>
        {
            Died?.Invoke(dead);
            if (Plan.Restarts && !_stopping.IsCancellationRequested)
            {
                _restarts.Add(RestartAsync(node));
            }
        };
        node.Changed += _ => Changed?.Invoke();
        _nodes.Add(node);
        return node;
    }

    /// <summary>Starts every peer that is not started by hand, and the Observatory; does not wait for them.</summary>
    public void Start()
    {
        foreach (var node in _nodes)
        {
            if (!node.Plan.ManualStart)
            {
                node.Start();
            }
        }

        Observatory?.Start();
    }

    /// <summary>Completes when each started service is healthy or has died.</summary>
    public Task UntilUpAsync(CancellationToken cancellation = default) =>
        Task.WhenAll(Services.Select(service => service.UntilUpAsync(cancellation)));

    /// <summary>Stops all at the same time. None is left when it completes.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_restarts);
        await Task.WhenAll(Services.Select(service => service.StopAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var service in Services)
        {
            service.Dispose();
        }

        _http.Dispose();
        _stopping.Dispose();
        if (_plain.IsValueCreated)
        {
            _plain.Value.Dispose();
        }
    }

    private async Task RestartAsync(LocalNode node)
    {
        var pause = node.Pause.After(node.RanFor);
        Restarting?.Invoke(node, pause);
        try
        {
            await Task.Delay(pause, _stopping.Token);
            if (!node.IsRunning)
            {
                node.Start();
            }

            await node.UntilUpAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end of the network.
        }
        catch (InvalidOperationException)
        {
            // Somebody else has started it meanwhile.
        }
        catch (Win32Exception)
        {
            // Its program is gone; nobody can start it.
            Died?.Invoke(node);
        }
    }
}
