namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>They say HELLO, answer PING and pass nothing on, as known attackers do in every attack.</summary>
internal sealed class Silence : Attack
{
    public override string Name => "silence";

    public override string What => "say HELLO, answer PING, and never pass on what they are told";

    public override Roles By => Roles.Known;
}
