using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>RELAYs with PONGs in the names of honest peers, which claim a round trip of many seconds.</summary>
internal sealed class ForgedPongs : Attack
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Claimed = TimeSpan.FromSeconds(20);

    public override string Name => "forged-pongs";

    public override string What => "relay PONGs in the names of honest peers, with a round trip of 20 s";

    public override Roles By => Roles.Known;

    public override Task TalkAsync(AttackLine line, CancellationToken stop) => line.RepeatAsync(
        Pause,
        () => line.Ground.Plan.Running.Where(peer => peer.Id != line.Victim.Id).Select(peer => new Relay(
            peer.Id,
            line.Victim.Id,
            new Pong(peer.Id, Material.Now - Claimed.TotalSeconds, Material.NewId()),
            Material.NewId(),
            default)),
        stop);
}
