using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace LittleNode;

/// <summary>
/// Real time. The node has one thread; each connection has one that reads and one that writes. A connection is known
/// by the address that it comes from (W21), or by the first HELLO on it (W23).
/// </summary>
internal sealed class TcpHost(Node node, PeerEntry me) : INodeHost
{
    private const int MostWaiting = 4096;
    private const int BufferSize = 64 * 1024;

    /// <summary>Throws at what is no UTF-8.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly BlockingCollection<Action> _turns = [];
    private readonly Dictionary<string, Link> _links = [];
    private readonly PriorityQueue<(string Name, double At), double> _timers = new();
    private readonly Dictionary<string, double> _due = [];

    private static double Clock => DateTime.UtcNow.Subtract(DateTime.UnixEpoch).TotalSeconds;

    public void Transmit(string to, JsonObject message)
    {
        if (!_links.TryGetValue(to, out var link))
        {
            link = Open(to, node.Peers[to].Ip, new TcpClient(new IPEndPoint(IPAddress.Parse(me.Ip), 0)));
            link.Target = new IPEndPoint(IPAddress.Parse(node.Peers[to].Ip), node.Peers[to].Port);
            Start(link);
        }

        link.Unsent.Writer.TryWrite(Wire.LineOf(message));
    }

    public void Wake(double at, string name)
    {
        _due[name] = at;
        _timers.Enqueue((name, at), at);
    }

    /// <summary>Never comes back.</summary>
    public void Run(IEnumerable<PeerEntry> peers, JsonObject settings, int seed)
    {
        var listener = new TcpListener(IPAddress.Parse(me.Ip), me.Port);
        listener.Start();
        node.Begin(this, Clock, me.Id, peers, settings, seed);
        _ = Task.Factory.StartNew(() => Accept(listener), TaskCreationOptions.LongRunning);
        while (true)
        {
            var pause = _timers.TryPeek(out _, out var next) ? Math.Max(0, next - Clock) : 1;
            if (_turns.TryTake(out var turn, TimeSpan.FromSeconds(Math.Min(pause, 1))))
            {
                turn();
            }

            while (_timers.TryPeek(out var timer, out var at) && at <= Clock)
            {
                _timers.Dequeue();
                if (_due.TryGetValue(timer.Name, out var due) && due == timer.At)
                {
                    _due.Remove(timer.Name);
                    node.Now = Clock;
                    node.OnTimer(timer.Name);
                }
            }
        }
    }

    private void Accept(TcpListener listener)
    {
        while (true)
        {
            var accepted = listener.AcceptTcpClient();
            _turns.Add(() =>
            {
                if (accepted.Client.RemoteEndPoint is IPEndPoint { Address: var from })
                {
                    var known = node.Peers.Values.Where(peer => peer.Ip == $"{from}").ToArray();
                    Start(Open(known is [var one] ? one.Id : $"@{from}", $"{from}", accepted));
                }
            });
        }
    }

    private Link Open(string peer, string ip, TcpClient client)
    {
        var link = new Link(peer, ip, client);
        if (!peer.StartsWith('@'))
        {
            _links[peer] = link;
        }

        return link;
    }

    private void Start(Link link) => Task.Factory.StartNew(() => Carry(link), TaskCreationOptions.LongRunning);

    private void Carry(Link link)
    {
        try
        {
            if (link.Target is { } target)
            {
                link.Client.Connect(target);
            }

            _ = Task.Factory.StartNew(() => Write(link), TaskCreationOptions.LongRunning);
            using var input = new BufferedStream(link.Client.GetStream(), BufferSize);
            while (link.Malformed < 3 && ReadLine(input) is { } line)
            {
                Take(link, line);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // How it ended is no matter.
        }

        link.Unsent.Writer.TryComplete();
        link.Client.Dispose();
        _turns.Add(() =>
        {
            if (_links.GetValueOrDefault(link.Peer) == link)
            {
                _links.Remove(link.Peer);
            }
        });
    }

    private static void Write(Link link)
    {
        try
        {
            foreach (var line in link.Unsent.Reader.ReadAllAsync().ToBlockingEnumerable())
            {
                link.Client.GetStream().Write(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            link.Client.Dispose();
        }
    }

    private static byte[]? ReadLine(BufferedStream input)
    {
        using var line = new MemoryStream();
        while (input.ReadByte() is var next and >= 0)
        {
            if (next == '\n')
            {
                return line.ToArray();
            }

            line.WriteByte((byte)next);
            if (line.Length > Wire.LongestLine)
            {
                return null;
            }
        }

        return null;
    }

    private void Take(Link link, byte[] line)
    {
        try
        {
            var text = Utf8.GetString(line);
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            var message = Wire.Parse(text);
            _turns.Add(() => Take(link, message));
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            // W4: three of these, and the connection is closed.
            link.Malformed++;
        }
    }

    private void Take(Link link, JsonObject message)
    {
        var (name, ip) = (message.Word("sender"), message.Word("ip"));
        if (link.Peer.StartsWith('@') && message.Word("type") == "HELLO" && ip == link.Ip && name != node.Id
            && (!node.Peers.TryGetValue(name, out var known) || known.Ip == ip))
        {
            link.Peer = name;
            _links[name] = link;
        }

        node.Receive(Clock, link.Peer, message);
    }

    private sealed class Link(string peer, string ip, TcpClient client)
    {
        /// <summary>Who is at the other end; "@" and the address of a stranger.</summary>
        public string Peer { get; set; } = peer;

        public string Ip { get; } = ip;

        public TcpClient Client { get; } = client;

        /// <summary>Where to connect first; null: it was accepted.</summary>
        public IPEndPoint? Target { get; set; }

        public int Malformed { get; set; }

        /// <summary>What finds no room, or comes when the connection has ended, is lost.</summary>
        public Channel<string> Unsent { get; } = Channel.CreateBounded<string>(MostWaiting);
    }
}
