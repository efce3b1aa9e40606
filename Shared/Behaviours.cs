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

    internal static Registry<Func<IBehaviour>> Makers { get; } = new(
        "behaviour",
        (Honest, () => new Honest()),
        (FalseIds, () => new FalseIds()),
        ("withhold", () => new Withhold()),
        ("lazy", () => new Lazy()));

    public static Registry All => Makers;
}
