using Blockchain.Experiments.Wire;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>PEERS full of names that nobody has.</summary>
internal sealed class MadeUpPeers(int count) : Attack
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private ReadOnlyMemory<byte>[] _lists = [];

    public override string Name => $"peers-{count}";

    public override string What => $"name {count} peers that are not there in PEERS, others each time";

    public override Roles By => Roles.Known;

    public override void Prepare(AttackField field)
    {
        var number = 0;
        _lists =
        [
            .. field.Attackers(By).Select(attacker => WireClient.LineOf(new PeerList(
                attacker.Info.Id,
                [.. Enumerable.Range(0, count).Select(_ => MadeUp(number++))],
                Material.NewId()))),
        ];
    }

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        var next = line.Me.Value.GetHashCode(StringComparison.Ordinal) & int.MaxValue;
        while (true)
        {
            await line.SendAsync(_lists[next++ % _lists.Length], stop);
            await Task.Delay(Pause, stop);
        }
    }

    private static PeerInfo MadeUp(int i) =>
        new(new PeerId($"nobody-{i}"), AttackPlan.Nowhere(i), 4_000, Nat: false, Light: false, PeerInfo.NoNetwork);
}
