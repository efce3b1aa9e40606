using Blockchain.Experiments.Wire;
using Blockchain.Shared.Wire;
using System.Collections.Concurrent;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Every block of the chain again and again, though all have it.</summary>
internal sealed class ReplayedBlocks : Attack
{
    private readonly ConcurrentDictionary<Hash256, ReadOnlyMemory<byte>> _blocks = new();

    public override string Name => "replayed-blocks";

    public override string What => "send the blocks of others again and again at the inbound limit";

    public override async Task HeardAsync(AttackLine line, Message message, CancellationToken stop)
    {
        switch (message)
        {
            case Inv inventory when !inventory.BlockIds.All(_blocks.ContainsKey):
                await line.SendAsync(new GetBlock(line.Me, inventory.BlockIds, Material.NewId()), stop);
                break;
            case Block block:
                _blocks.TryAdd(block.Id, WireClient.LineOf(block));
                break;
        }
    }

    public override Task TalkAsync(AttackLine line, CancellationToken stop) => line.SendAtLimitAsync(Again(), stop);

    private IEnumerable<ReadOnlyMemory<byte>> Again()
    {
        while (true)
        {
            // An empty line means nothing, until the first block is there.
            yield return "\n"u8.ToArray();
            foreach (var block in _blocks.Values)
            {
                yield return block;
            }
        }
    }
}
