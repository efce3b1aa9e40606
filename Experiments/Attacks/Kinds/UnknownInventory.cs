using Blockchain.Experiments.Wire;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>INV with ids of blocks that nobody has, and a PING now and then, so that all looks well.</summary>
internal sealed class UnknownInventory(string name, string what, int count, Func<int, Hash256> id) : Attack
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private ReadOnlyMemory<byte>[] _ids = [];

    public override string Name => name;

    public override string What => what;

    public override Roles By => Roles.Known;

    public override void Prepare(AttackField field) => _ids =
    [
        .. field.Attackers(By).Select(attacker => WireClient.LineOf(
            new Inv(attacker.Info.Id, Material.Ids(count, id), Material.NewId()))),
    ];

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        var next = line.Me.Value.GetHashCode(StringComparison.Ordinal) & int.MaxValue;
        while (true)
        {
            await line.SendAsync(_ids[next++ % _ids.Length], stop);
            await line.SendAsync(new Ping(line.Me, Material.Now, Material.NewId()), stop);
            await Task.Delay(Pause, stop);
        }
    }
}
