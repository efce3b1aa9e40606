using Blockchain.Experiments.Wire;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using System.Collections.Concurrent;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Valid blocks of 2 MB off the chain: children of GENESIS, and of blocks announced long ago.</summary>
internal sealed class BigSideBlocks(int count = 160) : Attack
{
    private const int Bytes = 2_000_000;

    /// <summary>So many announcements later a block is old.</summary>
    private const int Age = 8;

    private readonly ConcurrentQueue<Hash256> _announced = new();
    private ReadOnlyMemory<byte>[] _lines = [];

    public override string Name => "big-side-blocks";

    public override string What =>
        $"send {count} blocks of {Bytes / 1e6:0.0} MB, children of GENESIS and of old blocks";

    public override void Prepare(AttackField field) => _lines =
    [
        .. Enumerable.Range(0, count).Select(i => WireClient.LineOf(
            Material.Block(new PeerId($"maker-{i}"), Hash256.Genesis, Bytes))),
    ];

    public override Task HeardAsync(AttackLine line, Message message, CancellationToken stop)
    {
        if (message is Inv { BlockIds: [var id] } && !_announced.Contains(id))
        {
            _announced.Enqueue(id);
        }

        return Task.CompletedTask;
    }

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        await line.SendAtLimitAsync(_lines, stop);
        await line.RepeatAsync(
            TimeSpan.FromSeconds(1),
            () => _announced.Count > Age && _announced.TryDequeue(out var parent)
                ? [Material.Block(line.Me, parent, Bytes)]
                : [],
            stop);
    }
}
