namespace Blockchain.Experiments.Attacks;

/// <summary>What an attacker is to the nodes.</summary>
[Flags]
internal enum Roles
{
    None = 0,

    /// <summary>Connects from an address that nobody knows, and does not say who it is.</summary>
    Strangers = 1,

    /// <summary>Says HELLO with a name that it made up.</summary>
    Newcomers = 2,

    /// <summary>Stands in <c>peers.json</c>, as the honest peers do.</summary>
    Peers = 4,

    Known = Newcomers | Peers,

    All = Strangers | Known,
}
