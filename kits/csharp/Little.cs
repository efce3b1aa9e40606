using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>
/// A whole little node: discovery, PING, gossip, and (in the other parts) the chain. Begin by changing something.
/// </summary>
public sealed partial class Little : Node
{
    private const double AliveFor = 25;

    private readonly Dictionary<(string Peer, string Message), double> _seen = [];
    private readonly Dictionary<string, double> _heard = [];
    private readonly Dictionary<string, double> _greeted = [];

    /// <summary>Peers that others named and that have not answered yet.</summary>
    private readonly HashSet<string> _hearsay = [];

    private IEnumerable<PeerEntry> Known => Peers.Values.Where(peer => !_hearsay.Contains(peer.Id));

    private int Fanout => (int)Settings.Number("fanout", 3);

    public override void OnStart()
    {
        foreach (var peer in Peers.Keys.ToArray())
        {
            Greet(peer);
        }

        Wake(1, nameof(Ask));
        Wake(Between(0, 15), nameof(Ping));
        Wake(Between(0, 2), nameof(Compare));
        Plan(nameof(MakeBlock), Settings.Number("blockInterval", 20));
        Plan(nameof(MakeTransaction), Settings.Number("transactionInterval", 15));
    }

    public override void OnMessage(string from, JsonObject message)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(message);
        var type = message.Word("type");
        var isData = type is "TX" or "BLOCK";
        if (!isData && (from.StartsWith('@') || !_seen.TryAdd((from, message.Word("message_id")), Now)))
        {
            return;
        }

        _heard[from] = Now;
        _hearsay.Remove(from);
        switch (type)
        {
            case "HELLO":
                OnHello(from, message);
                break;
            case "GET_PEERS":
                var all = new JsonArray([Me.ToJson(), .. Known.Select(one => one.ToJson())]);
                Send(from, Message("PEERS", ("peers", all)));
                break;
            case "PEERS":
                OnPeers(message);
                break;
            case "PING":
                Send(from, Message("PONG", ("timestamp", message["timestamp"]!.DeepClone())));
                break;
            case "INV":
                OnInv(from, message.Words("block_ids"));
                break;
            case "GETBLOCK":
                OnGetBlock(from, message.Words("block_ids"));
                break;
            case "BLOCK":
                OnBlock(from, message);
                break;
            case "TX":
                OnTransaction(from, message);
                break;
            case "GET_BLOCK_HEADERS":
                OnGetHeaders(from, message.Words("locator"));
                break;
            case "BLOCK_HEADERS":
                OnHeaders(from, message.Items("headers"));
                break;
        }
    }

    public override void OnTimer(string name)
    {
        switch (name)
        {
            case nameof(Ask):
                Ask();
                break;
            case nameof(Ping):
                Ping();
                break;
            case nameof(Compare):
                Compare();
                break;
            case nameof(Gossip):
                Gossip();
                break;
            case nameof(MakeBlock):
                MakeBlock();
                break;
            case nameof(MakeTransaction):
                MakeTransaction();
                break;
        }
    }

    private void Greet(string peer)
    {
        _greeted[peer] = Now;
        Send(peer, Message(
            "HELLO",
            ("ip", Me.Ip),
            ("port", Me.Port),
            ("flags", new JsonObject { ["nat"] = Me.Nat, ["light"] = false }),
            ("localnetworkid", Me.NetworkId)));
    }

    private void OnHello(string from, JsonObject hello)
    {
        var isNew = Peers.TryAdd(from, PeerEntry.Of(from, hello));
        if (Now - _greeted.GetValueOrDefault(from) > 1.5)
        {
            Greet(from);
        }

        foreach (var peer in isNew ? Some(Fanout, but: from) : [])
        {
            Send(peer, Message("PEERS", ("peers", new JsonArray(Peers[from].ToJson()))));
        }
    }

    private void OnPeers(JsonObject message)
    {
        foreach (var entry in message.Items("peers").Select(one => one!.AsObject()))
        {
            var id = entry.Word("peer_id");
            if (id != Id && Peers.TryAdd(id, PeerEntry.Of(id, entry)))
            {
                // A HELLO, and nothing else until it answers (W43).
                _hearsay.Add(id);
                Greet(id);
            }
        }
    }

    private void Ping()
    {
        foreach (var old in _seen.Where(one => Now - one.Value > 600).Select(one => one.Key).ToArray())
        {
            _seen.Remove(old);
        }

        foreach (var peer in Known)
        {
            Send(peer.Id, Message("PING", ("timestamp", Now)));
        }

        Wake(Between(10, 15), nameof(Ping));
    }

    /// <summary>Some of those that are there, by chance.</summary>
    private string[] Some(int count, string? but = null, bool areFull = false)
    {
        string[] near =
        [
            .. Peers.Values
                .Where(peer => peer.Id != but && Now - _heard.GetValueOrDefault(peer.Id) < AliveFor)
                .Where(peer => !areFull || !peer.Light)
                .Select(peer => peer.Id),
        ];
        Random.Shuffle(near);
        return near[..Math.Min(count, near.Length)];
    }

    private double Between(double low, double high) => low + ((high - low) * Random.NextDouble());

    private void Plan(string name, double pause)
    {
        if (pause > 0)
        {
            Wake(pause * Between(0.5, 1.5), name);
        }
    }
}
