using System.Text.Json.Nodes;

namespace LittleNode;

/// <content>Transactions, and what is made here.</content>
public sealed partial class Little
{
    private readonly Dictionary<string, JsonObject> _pool = [];

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
}
