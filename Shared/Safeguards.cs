using Blockchain.Shared.Identity;

namespace Blockchain.Shared;

/// <summary>What a host gives a peer of a network in which more must be shown than the right ids.</summary>
public sealed record Safeguards
{
    /// <summary>Nothing more.</summary>
    public static Safeguards None { get; } = new();

    /// <summary>Who belongs to the network, and how it is proven; null: its peers do not sign.</summary>
    public SignedNetwork? Identity { get; init; }
}
