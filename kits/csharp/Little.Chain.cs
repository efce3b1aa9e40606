using System.Text.Json.Nodes;

namespace LittleNode;

/// <content>What there is: blocks and transactions.</content>
public sealed partial class Little
{
    private const string Genesis = "GENESIS";
    private const int MostAtOnce = 32;
    private const int MostHeaders = 2000;
    private const int MostQuestions = 4000;
    private const int MostSides = 100;

    /// <summary>For an answer to GETBLOCK.</summary>
    private const double Patience = 1.5;

    /// <summary>For a block that somebody has asked for and that is not here.</summary>
    private const double QuestionsLast = 3;

    /// <summary>Those whose ancestors are all here, by id.</summary>
    private readonly Dictionary<string, JsonObject> _blocks = [];
    private readonly Dictionary<string, int> _heights = new() { [Genesis] = 0 };

    /// <summary>Blocks that wait for a parent, by its id.</summary>
    private readonly Dictionary<string, Dictionary<string, JsonObject>> _orphans = [];
    private readonly Dictionary<string, JsonObject> _pool = [];

    /// <summary>The blocks that have a transaction.</summary>
    private readonly Dictionary<string, List<string>> _held = [];

    /// <summary>Blocks that we lack, and who has them.</summary>
    private readonly Dictionary<string, Queue<string>> _wanted = [];

    /// <summary>When we asked for a block.</summary>
    private readonly Dictionary<string, double> _asked = [];

    /// <summary>Blocks of which we read in headers: they are no news.</summary>
    private readonly HashSet<string> _fetched = [];

    /// <summary>Peers that have a block, and need no INV.</summary>
    private readonly Dictionary<string, HashSet<string>> _holders = [];

    /// <summary>Who asks for a block that we lack, and when.</summary>
    private readonly Dictionary<string, List<(string Peer, double At)>> _questions = [];

    /// <summary>Blocks to announce, and in how many rounds.</summary>
    private readonly Dictionary<string, int> _news = [];
    private string _tip = Genesis;

    private void OnInv(string from, string[] ids)
    {
        foreach (var id in ids)
        {
            _fetched.Remove(id);
            Holds(from, id);
        }

        Want(from, ids);
    }

    private void Holds(string peer, string id)
    {
        _holders.TryAdd(id, []);
        _holders[id].Add(peer);
    }

    private void Want(string from, IEnumerable<string> ids)
    {
        var fresh = new List<string>();
        foreach (var id in ids.Where(id => !_blocks.ContainsKey(id)))
        {
            if (!_wanted.TryGetValue(id, out var holders))
            {
                _wanted.Add(id, holders = []);
                if (fresh.Count < MostAtOnce)
                {
                    fresh.Add(id);
                    _asked[id] = Now;
                }
            }

            holders.Enqueue(from);
        }

        if (fresh.Count > 0)
        {
            Send(from, Message("GETBLOCK", ("block_ids", JsonAccess.List(fresh))));
        }
    }

    /// <summary>What was not answered is asked of another (W64).</summary>
    private void Ask()
    {
        foreach (var (id, holders) in _wanted.ToArray())
        {
            if (Now - _asked.GetValueOrDefault(id) < Patience)
            {
                continue;
            }

            if (holders.TryDequeue(out var holder))
            {
                _asked[id] = Now;
                Send(holder, Message("GETBLOCK", ("block_ids", JsonAccess.List([id]))));
            }
            else
            {
                _wanted.Remove(id);
                _asked.Remove(id);
            }
        }

        foreach (var (id, _) in _questions.Where(one => Now - one.Value[^1].At > QuestionsLast).ToArray())
        {
            _questions.Remove(id);
        }

        Wake(0.5, nameof(Ask));
    }

    private void OnGetBlock(string from, string[] ids)
    {
        foreach (var id in ids.Where(id => !_blocks.ContainsKey(id) && _questions.Count < MostQuestions))
        {
            _questions.TryAdd(id, []);
            _questions[id].Add((from, Now));
        }

        var found = ids.Select(id => _blocks.GetValueOrDefault(id)).OfType<JsonObject>().ToArray();
        if (Peers.TryGetValue(from, out var peer) && peer.Light)
        {
            Send(from, Message("BLOCK_HEADERS", ("headers", new JsonArray([.. found.Select(Header)]))));
            return;
        }

        foreach (var block in found)
        {
            Send(from, block);
        }
    }

    /// <summary>Those who asked before it was here (W34).</summary>
    private void Answer(string id)
    {
        if (_questions.Remove(id, out var asked))
        {
            foreach (var (peer, _) in asked.Where(one => Now - one.At < QuestionsLast))
            {
                OnGetBlock(peer, [id]);
            }
        }
    }

    private void OnBlock(string from, JsonObject block)
    {
        var (id, parent) = (block.Word("block_id"), block.Word("previous_block_id"));
        if (!Canonical.HasRightIds(block))
        {
            return;
        }

        Holds(from, id);
        if (_blocks.ContainsKey(id))
        {
            return;
        }

        _wanted.Remove(id);
        _asked.Remove(id);
        if (!_heights.ContainsKey(parent))
        {
            _orphans.TryAdd(parent, []);
            _orphans[parent].TryAdd(id, block);
            Want(from, [parent]);
            return;
        }

        var waiting = new Stack<JsonObject>([block]);
        while (waiting.TryPop(out var next))
        {
            if (Accept(next) && _orphans.Remove(next.Word("block_id"), out var children))
            {
                foreach (var child in children.Values)
                {
                    waiting.Push(child);
                }
            }
        }

        Choose();
    }

    /// <summary>A block whose parent is here.</summary>
    /// <returns>False if it breaks a rule of the chain (W53).</returns>
    private bool Accept(JsonObject block)
    {
        var (id, parent) = (block.Word("block_id"), block.Word("previous_block_id"));
        string[] inside = [.. Transactions(block).Select(tx => tx.Word("tx_id"))];
        if (inside.Distinct().Count() < inside.Length || inside.Any(tx => IsInBranch(tx, parent)))
        {
            return false;
        }

        _blocks.Add(id, block);
        _heights.Add(id, _heights[parent] + 1);
        foreach (var tx in inside)
        {
            _held.TryAdd(tx, []);
            _held[tx].Add(id);
        }

        if (!_fetched.Contains(id))
        {
            Announce(id);
        }

        Answer(id);
        return true;
    }

    private void Announce(string id)
    {
        _news[id] = 5;
        Wake(0, nameof(Gossip));
    }

    private bool IsInBranch(string tx, string tip) =>
        _held.TryGetValue(tx, out var blocks) && blocks.Any(block => IsBelow(block, tip));

    private bool IsBelow(string one, string other)
    {
        while (_heights[other] > _heights[one])
        {
            other = Parent(other);
        }

        return one == other;
    }

    /// <summary>The longest branch, among equals that with the lowest id (W55).</summary>
    private void Choose()
    {
        var best = _heights.Keys.OrderByDescending(id => _heights[id]).ThenBy(id => id, StringComparer.Ordinal).First();
        var (left, joined) = (new List<string>(), new List<string>());
        for (var (old, next) = (_tip, best); old != next;)
        {
            if (_heights[old] >= _heights[next])
            {
                left.Add(old);
                old = Parent(old);
            }
            else
            {
                joined.Add(next);
                next = Parent(next);
            }
        }

        // What was fetched to catch up is no news, but for the tip (W60).
        if (best != _tip && _fetched.Contains(best) && _wanted.Count == 0)
        {
            Announce(best);
        }

        _tip = best;
        foreach (var tx in left.SelectMany(id => Transactions(_blocks[id])))
        {
            _pool[tx.Word("tx_id")] = tx;
        }

        foreach (var tx in joined.SelectMany(id => Transactions(_blocks[id])))
        {
            _pool.Remove(tx.Word("tx_id"));
        }
    }

    private void Gossip()
    {
        string[] ids = [.. _news.Keys];
        foreach (var (id, rounds) in _news.ToArray())
        {
            _news[id] = rounds - 1;
            if (rounds == 1)
            {
                _news.Remove(id);
            }
        }

        foreach (var peer in Some(Fanout))
        {
            string[] lacking = [.. ids.Where(id => !_holders.TryGetValue(id, out var peers) || !peers.Contains(peer))];
            if (lacking.Length > 0)
            {
                Send(peer, Message("INV", ("block_ids", JsonAccess.List(lacking))));
            }
        }

        if (_news.Count > 0)
        {
            Wake(0.2, nameof(Gossip));
        }
    }

    private void OnTransaction(string from, JsonObject tx)
    {
        var id = tx.Word("tx_id");
        if (_pool.ContainsKey(id) || IsInBranch(id, _tip) || !Canonical.HasRightIds(tx))
        {
            return;
        }

        _pool.Add(id, tx);
        foreach (var peer in Some(Fanout, but: from, areFull: true))
        {
            Send(peer, tx);
        }
    }

    private void Compare()
    {
        foreach (var peer in Some(1, areFull: true))
        {
            Send(peer, Message("GET_BLOCK_HEADERS", ("locator", JsonAccess.List(Locator()))));
        }

        Wake(Between(5, 10), nameof(Compare));
    }

    /// <summary>The ids of our chain, from the tip to the first block.</summary>
    private List<string> Chain()
    {
        var ids = new List<string>();
        for (var id = _tip; id != Genesis; id = Parent(id))
        {
            ids.Add(id);
        }

        return ids;
    }

    /// <summary>Ten one by one, then with doubling gaps, the first block last.</summary>
    private List<string> Locator()
    {
        var (chain, ids, step) = (Chain(), new List<string>(), 1);
        for (var at = 0; at < chain.Count; at += step)
        {
            ids.Add(chain[at]);
            step = ids.Count >= 10 ? step * 2 : 1;
        }

        return ids.Count == 0 || ids[^1] == chain[^1] ? ids : [.. ids, chain[^1]];
    }

    private void OnGetHeaders(string from, string[] locator)
    {
        var known = locator.FirstOrDefault(_heights.ContainsKey, Genesis);
        var chain = Chain();
        string[] above = [.. chain.TakeWhile(id => !IsBelow(id, known)).Reverse()];
        var lowest = above.Length < chain.Count ? _heights[chain[above.Length]] : 0;
        var ids = above.Concat(Sides().Where(id => _heights[id] > lowest - MostSides)).Take(MostHeaders);
        Send(from, Message("BLOCK_HEADERS", ("headers", new JsonArray([.. ids.Select(id => Header(_blocks[id]))]))));

        // Both sides learn (W37).
        if (locator is [var tip, ..] && !_heights.ContainsKey(tip) && !(Peers.TryGetValue(from, out var peer) && peer.Light))
        {
            Want(from, [tip]);
        }
    }

    /// <summary>The ids of the blocks that are not in the chain, parents before children.</summary>
    private string[] Sides()
    {
        var chain = Chain().ToHashSet();
        return
        [
            .. _blocks.Keys.Where(id => !chain.Contains(id)).OrderBy(id => _heights[id]).ThenBy(id => id, StringComparer.Ordinal),
        ];
    }

    private void OnHeaders(string from, JsonArray headers)
    {
        string[] ids = [.. headers.Select(header => header!.AsObject().Word("block_id"))];
        _fetched.UnionWith(ids.Where(id => !_blocks.ContainsKey(id) && !_wanted.ContainsKey(id)));
        Want(from, ids);
        if (ids.Length == MostHeaders)
        {
            Send(from, Message("GET_BLOCK_HEADERS", ("locator", JsonAccess.List([ids[^1]]))));
        }
        else if (Sides().Except(ids).TakeLast(MostSides).ToArray() is { Length: > 0 } lacking)
        {
            Send(from, Message("INV", ("block_ids", JsonAccess.List(lacking))));
        }
    }

    private void MakeTransaction()
    {
        var tx = new JsonObject
        {
            ["type"] = "TX",
            ["from"] = Id,
            ["to"] = Peers.Keys.ElementAt(Random.Next(Peers.Count)),
            ["amount"] = Random.Next(1, 101),
            ["timestamp"] = Now,
        };
        tx["tx_id"] = Canonical.TransactionId(tx);
        OnTransaction(Id, tx);
        Plan(nameof(MakeTransaction), Settings.Number("transactionInterval", 15));
    }

    private void MakeBlock()
    {
        var block = new JsonObject
        {
            ["type"] = "BLOCK",
            ["sender"] = Id,
            ["timestamp"] = Now,
            ["previous_block_id"] = _tip,
            ["transactions"] = new JsonArray([.. _pool.Values.Take(1000).Select(Bare)]),
        };
        block["block_id"] = Canonical.BlockId(block);
        OnBlock(Id, block);
        Plan(nameof(MakeBlock), Settings.Number("blockInterval", 20));
    }

    /// <summary>Without a trace context, which stands in no block.</summary>
    private static JsonNode Bare(JsonObject tx)
    {
        var bare = tx.DeepClone().AsObject();
        bare.Remove("traceparent");
        bare.Remove("tracestate");
        return bare;
    }

    private static IEnumerable<JsonObject> Transactions(JsonObject block) =>
        block.Items("transactions").Select(tx => tx!.AsObject());

    private static JsonObject Header(JsonObject block) => new(
        new[] { "sender", "timestamp", "block_id", "previous_block_id" }
            .Select(field => KeyValuePair.Create(field, block[field]?.DeepClone())));

    private string Parent(string id) => _blocks[id].Word("previous_block_id");
}
