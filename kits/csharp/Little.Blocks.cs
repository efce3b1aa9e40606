using System.Text.Json.Nodes;

namespace LittleNode;

/// <content>How blocks come and go.</content>
public sealed partial class Little
{
    private const int MostAtOnce = 32;
    private const int MostQuestions = 4000;

    /// <summary>For an answer to GETBLOCK.</summary>
    private const double Patience = 1.5;

    /// <summary>For a block that somebody has asked for and that is not here.</summary>
    private const double QuestionsLast = 3;

    /// <summary>Blocks that wait for a parent, by its id.</summary>
    private readonly Dictionary<string, Dictionary<string, JsonObject>> _orphans = [];

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

    private void Announce(string id)
    {
        _news[id] = 5;
        Wake(0, nameof(Gossip));
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
}
