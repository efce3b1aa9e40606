using Blockchain.Shared.Behaviour;
namespace Blockchain.Shared;

/// <summary>
/// The behaviours by the names that <c>"behaviour"</c> has for them in <c>peers.json</c>: one line each.
/// </summary>
public static class Behaviours
{
    public const string Honest = "honest";

    /// <summary><c>"malicious": true</c> is another way to say it.</summary>
    public const string FalseIds = "false-ids";

    public const string Lazy = "lazy";

    /// <summary>One of the many names of one attacker, in the experiment of that name.</summary>
    public const string Sybil = "sybil";

    /// <summary>Hides its blocks until others come near.</summary>
    public const string Selfish = "selfish";

    /// <summary>The same, with ids so low that it wins ties by the lowest id.</summary>
    public const string SelfishGrinding = "selfish-grinding";

    /// <summary>The same, and the block that wins a tie stays secret too.</summary>
    public const string StubbornFork = "stubborn-fork";

    /// <summary>Takes its payments back by a longer branch.</summary>
    public const string DoubleSpend = "double-spend";

    /// <summary>Takes the places of all neighbours of a victim, together with others.</summary>
    public const string Eclipse = "eclipse";

    /// <summary>Its id is the lowest of two in 64 of 65 cases.</summary>
    private const int GroundIds = 64;

    internal static Registry<Func<IBehaviour>> Makers { get; } = new(
        "behaviour",
        (Honest, () => new Honest()),
        (FalseIds, () => new FalseIds()),
        ("withhold", () => new Withhold()),
        (Lazy, () => new Behaviour.Lazy()),
        (Sybil, () => new Behaviour.Sybil()),
        (Selfish, () => new Behaviour.Selfish()),
        (SelfishGrinding, () => new Behaviour.Selfish(grinding: GroundIds)),
        ("stubborn-lead", () => new Behaviour.Selfish(isLeadStubborn: true)),
        (StubbornFork, () => new Behaviour.Selfish(isForkStubborn: true)),
        ("stubborn-trail", () => new Behaviour.Selfish(trail: 1)),
        ("stubborn", () => new Behaviour.Selfish(isLeadStubborn: true, isForkStubborn: true, trail: 1)),
        (DoubleSpend, () => new Behaviour.DoubleSpend()),
        ("delay", () => new Delay()),
        ("spam", () => new Spam()),
        ("tamper", () => new Tamper()),
        ("lie", () => new Lie()),
        (Eclipse, () => new Behaviour.Eclipse()));

    public static Registry All => Makers;
}
