using System.Text.Json.Nodes;

namespace LittleNode;

/// <content>The tree of blocks, the choice of a branch, and comparing it with others.</content>
public sealed partial class Little
{
    private const string Genesis = "GENESIS";
    private const int MostHeaders = 2000;
    private const int MostSides = 100;

    /// <summary>Those whose ancestors are all here, by id.</summary>
    private readonly Dictionary<string, JsonObject> _blocks = [];
    private readonly Dictionary<string, int> _heights = new() { [Genesis] = 0 };

    /// <summary>The blocks that have a transaction.</summary>
    private readonly Dictionary<string, List<string>> _held = [];
    private string _tip = Genesis;

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
        var isLight = Peers.TryGetValue(from, out var peer) && peer.Light;
        if (locator is [var tip, ..] && !_heights.ContainsKey(tip) && !isLight)
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
            .. _blocks.Keys.Where(id => !chain.Contains(id))
                .OrderBy(id => _heights[id]).ThenBy(id => id, StringComparer.Ordinal),
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

    private static IEnumerable<JsonObject> Transactions(JsonObject block) =>
        block.Items("transactions").Select(tx => tx!.AsObject());

    private static JsonObject Header(JsonObject block) => new(
        new[] { "sender", "timestamp", "block_id", "previous_block_id" }
            .Select(field => KeyValuePair.Create(field, block[field]?.DeepClone())));

    private string Parent(string id) => _blocks[id].Word("previous_block_id");
}
