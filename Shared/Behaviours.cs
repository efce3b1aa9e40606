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

    /// <summary>One of the many names of one attacker, in the experiment of that name.</summary>
    public const string Sybil = "sybil";

    internal static Registry<Func<IBehaviour>> Makers { get; } = new(
        "behaviour",
        (Honest, () => new Honest()),
        (FalseIds, () => new FalseIds()),
        ("withhold", () => new Withhold()),
        ("lazy", () => new Lazy()),
        (Sybil, () => new Behaviour.Sybil()));

    public static Registry All => Makers;
}
