using Blockchain.Shared.Spreading.Rules;
namespace Blockchain.Shared;

/// <summary>
/// The relay rules by the names that <c>"relay"</c> has for them in <c>peers.json</c>: one line each.
/// </summary>
public static class RelayRules
{
    public const string Usual = "announce";

    public const string Push = "push";

    public const string Flood = "flood";

    public const string Compact = "compact";

    public const string PushPull = "push-pull";

    public const string Mesh = "mesh";

    public const string Dandelion = "dandelion";

    public const string Reconcile = "reconcile";

    internal static Registry<Func<RelayTools, IRelayRule>> Makers { get; } = new(
        "relay rule",
        (Usual, tools => new AnnounceRule(tools)),
        (Push, tools => new PushRule(tools)),
        (Flood, tools => new FloodRule(tools)),
        (Compact, tools => new CompactRule(tools)),
        (PushPull, tools => new PushPullRule(tools)),
        (Mesh, tools => new MeshRule(tools)),
        (Dandelion, tools => new DandelionRule(tools)),
        (Reconcile, tools => new ReconcileRule(tools)));

    public static Registry All => Makers;
}
