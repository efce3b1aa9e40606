using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks;

/// <summary>
/// One way to harm a network. What the attackers do beside it is polite: known ones say HELLO and answer PING.
/// </summary>
internal abstract class Attack
{
    public abstract string Name { get; }

    /// <summary>What they do, as in "attackers that ...".</summary>
    public abstract string What { get; }

    /// <summary>For whom it makes sense.</summary>
    public virtual Roles By => Roles.All;

    /// <summary>Whether they read what the nodes send them.</summary>
    public virtual bool Reads => true;

    /// <summary>Whether they keep the connection when they have said all; else they come again.</summary>
    public virtual bool Stays => true;

    /// <summary>Connections of each attacker to each node.</summary>
    public virtual int Connections => 1;

    /// <summary>Done before the clock starts: what costs the attackers time that the nodes should not miss.</summary>
    public virtual void Prepare(AttackField field)
    {
    }

    /// <summary>Until it is stopped.</summary>
    public virtual Task RunAsync(AttackField field, CancellationToken stop) => field.OnEachLineAsync(this, stop);

    /// <summary>What one attacker says to one node on one connection.</summary>
    public virtual Task TalkAsync(AttackLine line, CancellationToken stop) => Task.CompletedTask;

    /// <summary>A node has said something, PING included.</summary>
    public virtual Task HeardAsync(AttackLine line, Message message, CancellationToken stop) => Task.CompletedTask;
}
