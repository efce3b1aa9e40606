using Blockchain.Experiments.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Valid transactions, each nearly as long as a line may be.</summary>
/// <param name="count">How many; when all are sent, they begin again with the first.</param>
/// <param name="bytes">Length of each.</param>
internal sealed class BigTransactions(string name, int count, int bytes) : Attack
{
    private ReadOnlyMemory<byte>[] _lines = [];

    public override string Name => name;

    public override string What => $"send {count} valid transactions of {bytes / 1e6:0.0} MB";

    public override void Prepare(AttackField field) =>
        _lines = [.. Enumerable.Range(0, count).Select(_ => WireClient.LineOf(Material.BigTransaction(bytes)))];

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        // Each begins somewhere else, so that a node gets all of them soon.
        var first = (line.Me.Value.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % count;
        await line.SendAtLimitAsync(_lines[first..].Concat(_lines[..first]), stop);
    }
}
