namespace Blockchain.Shared.Spreading.Rules;

/// <summary>The relay rules by the names that <c>"relay"</c> has for them in <c>peers.json</c>: one line each.</summary>
public static class RelayRules
{
    public const string Usual = "announce";

    internal static Registry<Func<RelayTools, IRelayRule>> Makers { get; } = new(
        "relay rule",
        (Usual, tools => new AnnounceRule(tools)),
        ("push", tools => new PushRule(tools)),
        ("flood", tools => new FloodRule(tools)));

    public static Registry All => Makers;
}
