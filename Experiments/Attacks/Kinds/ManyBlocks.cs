using Blockchain.Experiments.Wire;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Small valid blocks off the chain, as many as the inbound limit lets pass.</summary>
internal sealed class ManyBlocks : Attack
{
    public override string Name => "many-blocks";

    public override string What => "send small valid blocks off the chain at the inbound limit";

    public override Task TalkAsync(AttackLine line, CancellationToken stop) =>
        line.SendAtLimitAsync(Endless(line.Me), stop);

    private static IEnumerable<ReadOnlyMemory<byte>> Endless(PeerId maker)
    {
        while (true)
        {
            yield return WireClient.LineOf(Material.Block(maker, Hash256.Genesis));
        }
    }
}
