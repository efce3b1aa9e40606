namespace Blockchain.Shared.Wire;

/// <summary>What a light peer keeps of a block.</summary>
/// <param name="Sender">The block's maker.</param>
/// <param name="Timestamp">Unix seconds by the maker's clock.</param>
/// <param name="PreviousId">The parent; <see cref="Hash256.Genesis"/> for a first block.</param>
public sealed record BlockHeader(PeerId Sender, double Timestamp, Hash256 Id, Hash256 PreviousId);
