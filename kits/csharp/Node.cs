using System.Globalization;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>
/// Derive from this, write the three methods, and call <see cref="NodeProgram.Run"/>. The same node then runs in real
/// time over TCP and in virtual time over standard input and output: it hears of what happens, and what time it is, by
/// the same methods. docs/node-protocol.md describes both; docs/wire.md has the rules that a node must keep. All times
/// are in seconds since the Unix epoch, all pauses in seconds.
/// </summary>
public abstract class Node
{
    private const int MostPassedOn = 10_000;

    private readonly HashSet<string> _passedOn = [];
    private readonly Queue<string> _oldest = [];
    private INodeHost _host = null!;

    /// <summary>Our own entry.</summary>
    public PeerEntry Me { get; private set; } = null!;

    public string Id => Me.Id;

    /// <summary>Who we know, by id; add those that you meet.</summary>
    public SortedDictionary<string, PeerEntry> Peers { get; private set; } = null!;

    /// <summary>Those of our entry in the file: fanout, blockInterval and so on, times in seconds.</summary>
    public JsonObject Settings { get; private set; } = null!;

    /// <summary>What time it is; never look at a clock of your own.</summary>
    public double Now { get; internal set; }

    /// <summary>The only source of chance, so that the same seed gives the same run.</summary>
    public Random Random { get; private set; } = null!;

    /// <summary>The node begins.</summary>
    public abstract void OnStart();

    /// <param name="from">
    /// Whose connection it came on, or who wrote what a relay passed on. A stranger is "@" and its address.
    /// </param>
    public abstract void OnMessage(string from, JsonObject message);

    /// <summary>The time has come that was given to <see cref="Wake"/>.</summary>
    public abstract void OnTimer(string name);

    /// <summary>
    /// Sends a message to a peer; over relays if we cannot connect to it. It may be lost, like any other.
    /// </summary>
    public void Send(string to, JsonObject message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var hop = Peers.ContainsKey(to) ? NextHop(to, origin: null) : null;
        if (hop == to)
        {
            _host.Transmit(to, message);
        }
        else if (hop is not null)
        {
            _host.Transmit(hop, Message("RELAY", ("target", to), ("payload", message.DeepClone())));
        }
    }

    /// <summary>Calls <see cref="OnTimer"/> after this pause. A name has one time; another call changes it.</summary>
    public void Wake(double pause, string name) => _host.Wake(Now + pause, name);

    /// <summary>Says something to the people who watch.</summary>
    public void Log(string text) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Now:0.000} {Id} {text}"));

    /// <summary>A new message with our name and an id of its own (W18, W19).</summary>
    public JsonObject Message(string type, params (string Name, JsonNode? Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var message = new JsonObject { ["type"] = type, ["sender"] = Id };
        foreach (var (name, value) in fields)
        {
            message[name] = value;
        }

        var id = new byte[16];
        Random.NextBytes(id);
        message["message_id"] = new Guid(id).ToString();
        return message;
    }

    internal void Begin(
        INodeHost host, double now, string id, IEnumerable<PeerEntry> peers, JsonObject settings, int seed)
    {
        _host = host;
        Peers = new SortedDictionary<string, PeerEntry>(peers.ToDictionary(peer => peer.Id), StringComparer.Ordinal);
        Me = Peers[id];
        Peers.Remove(id);
        (Settings, Now, Random) = (settings, now, new Random(seed));
        OnStart();
    }

    internal void Receive(double now, string from, JsonObject message)
    {
        Now = now;
        if (message.Word("type") != "RELAY")
        {
            OnMessage(from, message);
        }
        else if (!from.StartsWith('@') && Canonical.HasRightIds(message) && !IsForged(from, message.Word("sender")))
        {
            if (message.Word("target") == Id)
            {
                OnMessage(message.Word("sender"), message["payload"]!.AsObject());
            }
            else
            {
                PassOn(message);
            }
        }
    }

    /// <summary>Whether somebody else says a name who could say it itself, to us (W41).</summary>
    private bool IsForged(string from, string origin) =>
        from != origin && Peers.TryGetValue(origin, out var peer) && peer.CanReach(Me);

    /// <summary>Once only, and never one of our own, so that relays form no loop (W38, W39).</summary>
    private void PassOn(JsonObject relay)
    {
        var (origin, target, seen) = (relay.Word("sender"), relay.Word("target"), Canonical.Hash(relay));
        if (origin == Id || !Peers.ContainsKey(target) || !_passedOn.Add(seen))
        {
            return;
        }

        _oldest.Enqueue(seen);
        if (_oldest.Count > MostPassedOn)
        {
            _passedOn.Remove(_oldest.Dequeue());
        }

        if (NextHop(target, origin) is { } hop)
        {
            _host.Transmit(hop, relay);
        }
    }

    /// <summary>
    /// The peer itself, or one of the relays on a shortest way to it: by chance, since one of them may be down.
    /// </summary>
    private string? NextHop(string to, string? origin)
    {
        var target = Peers[to];
        if (Me.CanReach(target))
        {
            return to;
        }

        PeerEntry[] others = [.. Peers.Values.Where(peer => peer.Id != to && peer.Id != origin)];
        PeerEntry[] near = [.. others.Where(Me.CanReach)];
        PeerEntry[] good = [.. near.Where(peer => peer.CanReach(target))];
        if (good.Length == 0)
        {
            PeerEntry[] gates = [.. others.Where(peer => peer.CanReach(target))];
            good = [.. near.Where(peer => gates.Any(peer.CanReach))];
        }

        return good.Length > 0 ? good[Random.Next(good.Length)].Id : null;
    }
}
