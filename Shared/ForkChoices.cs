using Blockchain.Shared.Chain;
namespace Blockchain.Shared;

/// <summary>
/// The fork choices by the names that <c>"forkChoice"</c> has for them in <c>peers.json</c>: one line each.
/// </summary>
public static class ForkChoices
{
    public const string Usual = "lowest-id";

    internal static Registry<Func<IForkChoice>> Makers { get; } = new(
        "fork choice",
        (Usual, () => new LowestId()),
        ("first-seen", () => new FirstSeen()));

    public static Registry All => Makers;
}
