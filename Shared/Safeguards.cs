using Blockchain.Shared.Identity;

namespace Blockchain.Shared;

/// <summary>What a host gives a peer of a network in which more must be shown than the right ids.</summary>
public sealed record Safeguards
{
    /// <summary>Nothing more.</summary>
    public static Safeguards None { get; } = new();

    /// <summary>Who belongs to the network, and how it is proven; null: its peers do not sign.</summary>
    public SignedNetwork? Identity { get; init; }

    /// <summary>
    /// Leading zero bits that the id of each block must have. Zero where time stands for work, as in a simulation.
    /// </summary>
    public int Work { get; init; }

    /// <summary>Looks for the nonces of this peer's blocks; null: they need none.</summary>
    public IMiner? Miner { get; init; }
}
