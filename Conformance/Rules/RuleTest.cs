using Blockchain.Conformance.Running;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Rules;

/// <summary>One thing that is tried with a node, for one rule.</summary>
public sealed class RuleTest
{
    internal RuleTest(string name, Func<Scene, Task> script) => (Name, Script) = (name, script);

    /// <summary>What holds if the node is right, as a sentence without its full stop.</summary>
    public string Name { get; }

    /// <summary>Where it can be told.</summary>
    public Forms Forms { get; init; } = Forms.Both;

    /// <summary>Why not in the other form; null: it can be told in both.</summary>
    public string? WhyNotBoth { get; init; }

    /// <summary>What <c>peers.json</c> says of the node; by default a public full peer of no network.</summary>
    internal Func<PeerInfo, PeerInfo> Info { get; init; } = info => info;

    internal Func<PeerSettings, PeerSettings> Settings { get; init; } = settings => settings;

    /// <summary>The peers of the file say HELLO before the test begins.</summary>
    internal bool Greets { get; init; } = true;

    /// <summary>It takes most of a minute in real time, and so begins first.</summary>
    internal bool IsLong { get; init; }

    /// <summary>The peers of the file beside A, B and C.</summary>
    internal IReadOnlyList<Role> Others { get; init; } = [];

    internal Func<Scene, Task> Script { get; }
}
