namespace Blockchain.Shared.Neighbours;

/// <summary>An address of an <see cref="AddressTable"/>.</summary>
internal sealed class KnownAddress(PeerInfo info, int group)
{
    public PeerInfo Info { get; } = info;

    /// <summary>The /16 that it is in.</summary>
    public int Group { get; } = group;

    /// <summary>It is in the table of those that have answered.</summary>
    public bool IsTried { get; set; }

    /// <summary>In how many places of the table of new addresses it is.</summary>
    public int NewPlaces { get; set; }

    /// <summary>Attempts in a row to which it has not answered.</summary>
    public int Failures { get; set; }
}
