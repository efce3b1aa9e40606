using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

/// <summary>One peer with a relay rule that has messages of its own, and neighbours that have the same.</summary>
internal static class RuleBench
{
    public static PeerBench Of(
        string rule,
        IEnumerable<PeerInfo> known,
        Func<PeerSettings, PeerSettings>? change = null,
        ulong seed = 1,
        string behaviour = Behaviours.Honest)
    {
        var settings = Make.Quiet with { Relay = rule };
        return new PeerBench(change?.Invoke(settings) ?? settings, known, seed: seed, behaviour: behaviour);
    }

    /// <summary>These neighbours say in HELLO that they understand the peer's rule.</summary>
    public static PeerBench Greeted(this PeerBench bench, params string[] peers)
    {
        foreach (var id in peers)
        {
            bench.Receive(id, new Hello(bench.Remote(id).Info, bench.NextId())
            {
                Relay = bench.Peer.Plan.Settings.Relay,
            });
        }

        return bench;
    }

    public static Transaction[] Transactions(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TransactionFactory.Create("5001", "節" + i, i, 100.5 + i))];

    public static Block Block(params Transaction[] transactions) =>
        BlockFactory.Create(new PeerId("maker"), 1.5, Hash256.Genesis, transactions);

    /// <summary>A block with a field that nobody knows, at its own level or in its last transaction.</summary>
    public static Block Strange(Block block, bool isInTransaction)
    {
        var json = System.Text.Encoding.UTF8.GetString(block.Json.Span);
        var end = isInTransaction ? json.LastIndexOf("}]", StringComparison.Ordinal) : json.Length - 1;
        var strange = json.Insert(end, ", \"strange\": [1, {\"é\": 5.0}]");
        var covered = System.Text.Json.Nodes.JsonNode.Parse(strange)!.AsObject();
        Assert.True(covered.Remove("block_id"));
        var canonical = new System.Buffers.ArrayBufferWriter<byte>();
        CanonicalJson.Write(System.Text.Encoding.UTF8.GetBytes(covered.ToJsonString()), canonical);
        strange = strange.Replace(
            block.Id.ToString(), Hash256.Compute(canonical.WrittenSpan).ToString(), StringComparison.Ordinal);
        MessageCodec.Read(System.Text.Encoding.UTF8.GetBytes(strange), out var message, out _);
        Assert.True(Assert.IsType<Block>(message).HasValidId);
        return (Block)message;
    }
}
