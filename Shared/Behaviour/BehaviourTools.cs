using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>What a behaviour that does something by itself works with.</summary>
/// <param name="pay">Makes and spreads a transaction to a random peer; null where none can be made.</param>
internal sealed class BehaviourTools(PeerContext context, IBehaviour behaviour, Func<TimeSpan, Transaction?> pay)
{
    public PeerId Self => context.Self.Id;

    /// <summary>How many blocks a payee waits for, the one with the payment included.</summary>
    public int Confirmations => context.Settings.Confirmations;

    /// <summary>The peers that it knew at the start.</summary>
    public IEnumerable<PeerInfo> Planned => context.Planned;

    public SeededRandom Random => context.Random;

    /// <summary>Pays a random amount to a random peer, and tells the others.</summary>
    /// <returns>Null: it cannot now.</returns>
    public Transaction? Pay(TimeSpan now) => pay(now);

    /// <summary>Does something later, unless the peer behaves otherwise by then.</summary>
    public void Schedule(TimeSpan due, Action<TimeSpan> action) => context.Timers.Schedule(due, now =>
    {
        if (context.Behaviour == behaviour)
        {
            action(now);
        }
    });

    /// <summary>A double spend has come to its end.</summary>
    /// <param name="blocks">Of the attacker's own branch.</param>
    public void AttackEnded(TimeSpan now, bool succeeded, Hash256 payment, int blocks)
    {
        if (context.Reports.IsListening)
        {
            context.Reports.Happened(new AttackEnded(now, Self, context.BehaviourName, succeeded, payment, blocks));
        }
    }
}
