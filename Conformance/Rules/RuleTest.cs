using Blockchain.Conformance.Running;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Rules;

/// <summary>One thing that is tried with a node, for one rule.</summary>
public sealed class RuleTest
{
    private const string NeedsStart = "needs a node that it can start";

    private static readonly Func<PeerInfo, PeerInfo> SameInfo = info => info;
    private static readonly Func<PeerSettings, PeerSettings> SameSettings = settings => settings;
    private readonly string? _whyNotRunning;

    internal RuleTest(string name, Func<Scene, Task> script) => (Name, Script) = (name, script);

    /// <summary>What holds if the node is right, as a sentence without its full stop.</summary>
    public string Name { get; }

    /// <summary>Where it can be told.</summary>
    public Forms Forms { get; init; } = Forms.Both;

    /// <summary>Why not in the other form; null: it can be told in both.</summary>
    public string? WhyNotBoth { get; init; }

    /// <summary>Why it is not tried with a node that runs already; null: it is.</summary>
    public string? WhyNotRunning
    {
        get => _whyNotRunning ?? (IsForAFreshNode ? NeedsStart : null);
        init => _whyNotRunning = value;
    }

    /// <summary>
    /// Why a node that runs already may do otherwise and be right, since it has other peers and settings of its own;
    /// null: it may not.
    /// </summary>
    internal string? Doubt { get; init; }

    /// <summary>
    /// With a node that runs already, it is tried before most others and with no other at the same time: its chain is
    /// to stand still, and it is to know few peers.
    /// </summary>
    internal bool IsAlone { get; init; }

    /// <summary>With a node that runs already, it comes last: offences and floods.</summary>
    internal bool IsHarmful { get; init; }

    /// <summary>What <c>peers.json</c> says of the node; by default a public full peer of no network.</summary>
    internal Func<PeerInfo, PeerInfo> Info { get; init; } = SameInfo;

    internal Func<PeerSettings, PeerSettings> Settings { get; init; } = SameSettings;

    /// <summary>The peers of the file say HELLO before the test begins.</summary>
    internal bool Greets { get; init; } = true;

    /// <summary>It takes most of a minute in real time, and so begins first.</summary>
    internal bool IsLong { get; init; }

    /// <summary>The peers of the file beside A, B and C.</summary>
    internal IReadOnlyList<Role> Others { get; init; } = [];

    internal Func<Scene, Task> Script { get; }

    /// <summary>What it asks for cannot be had of a node that has its peers and settings already.</summary>
    private bool IsForAFreshNode => Info != SameInfo || Settings != SameSettings || !Greets
        || Others.Any(role => role is Role.Hidden or Role.Gateway or Role.Inside);
}
