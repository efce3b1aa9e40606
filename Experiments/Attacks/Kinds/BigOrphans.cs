using Blockchain.Experiments.Wire;
using Blockchain.Shared;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Valid blocks of 2 MB whose parents are nowhere.</summary>
internal sealed class BigOrphans(int count = 160) : Attack
{
    private const int Bytes = 2_000_000;

    private ReadOnlyMemory<byte>[] _lines = [];

    public override string Name => "big-orphans";

    public override string What => $"send {count} blocks of {Bytes / 1e6:0.0} MB whose parents nobody has";

    public override void Prepare(AttackField field) => _lines =
    [
        .. Enumerable.Range(0, count).Select(i => WireClient.LineOf(
            Material.Block(new PeerId($"maker-{i}"), Material.NobodysId(), Bytes))),
    ];

    public override Task TalkAsync(AttackLine line, CancellationToken stop) => line.SendAtLimitAsync(_lines, stop);
}
