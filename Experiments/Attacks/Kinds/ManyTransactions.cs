using Blockchain.Experiments.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Small valid transactions, as many as the inbound limit lets pass, from every address.</summary>
internal sealed class ManyTransactions : Attack
{
    public override string Name => "many-transactions";

    public override string What => "send small valid transactions at the inbound limit";

    public override Task TalkAsync(AttackLine line, CancellationToken stop) =>
        line.SendAtLimitAsync(Endless(), stop);

    private static IEnumerable<ReadOnlyMemory<byte>> Endless()
    {
        while (true)
        {
            yield return WireClient.LineOf(Material.SmallTransaction());
        }
    }
}
