using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>
/// RELAYs that carry headers of a chain that is not there to light peers, as if several others had answered.
/// </summary>
internal sealed class ForgedHeaders : Attack
{
    private const int Length = 1_500;
    private const int Witnesses = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private BlockHeader[] _chain = [];

    public override string Name => "forged-headers";

    public override string What =>
        $"send light peers {Length} headers of no blocks, directly and in the names of others";

    public override Roles By => Roles.Known;

    public override void Prepare(AttackField field) => _chain = Material.FalseChain(new PeerId("5005"), Length);

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        if (!line.Victim.Plan.Info.Light)
        {
            return;
        }

        var honest = line.Ground.Plan.Running.Select(peer => peer.Id).Where(id => id != line.Victim.Id);
        var origins = honest.Concat(Enumerable.Range(0, Witnesses).Select(i => new PeerId($"witness-{i}"))).ToArray();
        await line.RepeatAsync(Pause, () =>
        [
            new BlockHeaders(line.Me, _chain, Material.NewId()),
            .. origins.Select(origin => new Relay(
                origin,
                line.Victim.Id,
                new BlockHeaders(origin, _chain, Material.NewId()),
                Material.NewId(),
                default)),
        ], stop);
    }
}
