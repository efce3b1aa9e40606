namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Connections without end: some stay and say nothing, the others come and go.</summary>
internal sealed class ManyConnections : Attack
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(50);

    public override string Name => "many-connections";

    public override string What => "open 30 connections each, of which half come and go all the time";

    public override Roles By => Roles.Strangers | Roles.Peers;

    public override int Connections => 30;

    public override bool Stays => false;

    public override Task TalkAsync(AttackLine line, CancellationToken stop) =>
        Task.Delay(Random.Shared.Next(2) == 0 ? Shortly : TimeSpan.FromMinutes(1), stop);
}
