using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Blockchain.Launching;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Running;

/// <summary>
/// A node as a process of its own, in real time. Each player listens on an address of its own and calls from it (W5);
/// so do the players of other tests that run at the same time.
/// </summary>
/// <param name="start">Null: it runs already, at the address that the plan says.</param>
internal sealed class TcpTestee(Func<PeerPlan, string, ProcessStartInfo>? start) : ITestee, ITcp
{
    /// <summary>For a machine that is busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static int _networks;

    private readonly string _network = start is null ? "" : NewNetwork();
    private readonly uint _strange = start is null ? NewStrangers() : 0;
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance-").FullName;
    private readonly Dictionary<int, Socket> _reserved = [];
    private readonly Dictionary<Neighbour, Socket> _listeners = [];
    private readonly Dictionary<Neighbour, List<TcpConnection>> _connections = [];
    private readonly Channel<Said> _said = Channel.CreateUnbounded<Said>();
    private readonly List<(Neighbour To, string From)> _dialled = [];
    private readonly Lock _lock = new();
    private CancellationToken _stop;
    private ChildProcess? _process;
    private IPEndPoint _node = new(IPAddress.None, 0);

    public TimeSpan Now => DateTime.UtcNow - DateTime.UnixEpoch;

    public ITcp? Tcp => this;

    public string Ip => _node.Address.ToString();

    public Action<Neighbour, string> Wrote { get; set; } = (_, _) => { };

    public IReadOnlyList<(Neighbour To, string From)> Dialled
    {
        get
        {
            lock (_lock)
            {
                return [.. _dialled];
            }
        }
    }

    public (string Ip, int Port) Reserve(int number)
    {
        var ip = start is null ? new IPAddress(NetworkOrder(_strange + (uint)number)).ToString()
            : $"{_network}.{number + 1}";
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(ip), 0));
            var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            if (port <= NetworkPlan.LastPort && !_reserved.Values.Any(other => Collide(port, PortOf(other))))
            {
                _reserved[number] = socket;
                return (ip, port);
            }

            socket.Dispose();
        }
    }

    public async Task StartAsync(
        NetworkPlan plan, IReadOnlyList<Neighbour> players, ulong seed, CancellationToken stop)
    {
        _stop = stop;
        var info = plan.Peers[0].Info;
        _node = new IPEndPoint(IPAddress.Parse(info.Ip), info.Port);
        var number = 0;
        foreach (var player in players)
        {
            _connections[player] = [];
            Listen(player, _reserved[++number]);
        }

        if (start is null)
        {
            return;
        }

        _reserved[0].Dispose();
        var file = Path.Combine(_folder, "peers.json");
        await File.WriteAllTextAsync(file, PlainPlan.File(plan), stop);
        _process = ChildProcess.Start(start(plan.Peers[0], file), logFile: null);
        for (var until = Now + Patience; !await GuestLaunch.AnswersAsync(info, stop);)
        {
            ThrowIfEnded();
            if (Now > until)
            {
                throw new TesteeFailedException(
                    $"The node does not listen on {_node} after {Patience.TotalSeconds:0} s{LastWords()}.");
            }

            await Task.Delay(LookInterval, stop);
        }
    }

    public async Task SayAsync(Neighbour player, string line)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(line), (byte)'\n'];
        for (var tries = 0; tries < 2; tries++)
        {
            var connection = Youngest(player) ?? await OpenAsync(player);
            if (await ((TcpConnection)connection).SendAsync(bytes))
            {
                return;
            }
        }

        ThrowIfEnded();
    }

    public async Task<Said?> NextAsync(TimeSpan until)
    {
        if (_said.Reader.TryRead(out var first))
        {
            return first;
        }

        if (until - Now is not { Ticks: > 0 } pause)
        {
            return null;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        end.CancelAfter(pause);
        try
        {
            return await _said.Reader.ReadAsync(end.Token);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            ThrowIfEnded();
            return null;
        }
    }

    public IReadOnlyList<IConnection> Of(Neighbour player)
    {
        lock (_lock)
        {
            return [.. _connections[player]];
        }
    }

    public async Task<IConnection> OpenAsync(Neighbour player)
    {
        try
        {
            return Add(player, await TcpConnection.DialAsync(player.Info.Ip, _node));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            ThrowIfEnded();
            throw new TesteeFailedException($"The node accepts no connection from {player}: {e.Message}");
        }
    }

    public void StopListening(Neighbour player) => _listeners[player].Dispose();

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            try
            {
                await process.KillAsync();
            }
            catch (InvalidOperationException)
            {
                // It has ended.
            }

            process.Dispose();
        }

        foreach (var socket in _reserved.Values)
        {
            socket.Dispose();
        }

        foreach (var connection in _connections.Values.SelectMany(connections => connections))
        {
            connection.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>A file is refused where two peers, or one and the pages of another, have the same port.</summary>
    private static bool Collide(int one, int other) =>
        one == other || NetworkPlan.HttpPortOf(one) == other || NetworkPlan.HttpPortOf(other) == one;

    private void Listen(Neighbour player, Socket socket)
    {
        socket.Listen();
        _listeners[player] = socket;
        _ = AcceptAsync(player, socket);
    }

    private async Task AcceptAsync(Neighbour player, Socket listener)
    {
        try
        {
            while (true)
            {
                var accepted = await listener.AcceptAsync();
                var from = ((IPEndPoint)accepted.RemoteEndPoint!).Address;
                if (start is null && !from.Equals(_node.Address))
                {
                    // Other peers of a network that runs have heard of the player, and are not who is tried.
                    accepted.Dispose();
                    continue;
                }

                lock (_lock)
                {
                    _dialled.Add((player, from.ToString()));
                }

                Add(player, accepted);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private TcpConnection Add(Neighbour player, Socket socket)
    {
        var connection = new TcpConnection(
            socket, line => _said.Writer.TryWrite(new Said(Now, player, line)), line => Wrote(player, line));
        lock (_lock)
        {
            _connections[player].Add(connection);
        }

        return connection;
    }

    private TcpConnection? Youngest(Neighbour player)
    {
        lock (_lock)
        {
            return _connections[player].FindLast(connection => !connection.IsClosed);
        }
    }

    private void ThrowIfEnded()
    {
        if (_process is { Ended.IsCompleted: true } process)
        {
            throw new TesteeFailedException($"The node ended with exit code {process.ExitCode}{LastWords()}.");
        }
    }

    private string LastWords() => _process?.LastWords is { Count: > 0 } words
        ? $"; it said: {string.Join(" | ", words)}"
        : "";

    /// <summary>Loopback addresses are plenty: one for each test, and others for another program.</summary>
    private static string NewNetwork()
    {
        var number = Interlocked.Increment(ref _networks) + (Environment.ProcessId % 100 * 250);
        return $"127.{100 + (number / 250 % 100)}.{number % 250}";
    }

    /// <summary>
    /// The first of sixteen addresses between 127.64.0.0 and 127.254.255.255. A node that runs knows who called from an
    /// address before, also in an earlier run of ours; so they are drawn, not counted.
    /// </summary>
    private static uint NewStrangers()
    {
        const uint Block = 16;
        const uint First = 0x7F_40_00_00 / Block;
        const uint Last = 0x7F_FE_FF_FF / Block;
        return (uint)Random.Shared.NextInt64(First, Last) * Block;
    }

    private static long NetworkOrder(uint address) => (uint)IPAddress.HostToNetworkOrder((int)address);
}
