namespace Blockchain.Shared;

/// <summary>The name of a peer, as it stands in <c>peers.json</c> and in every message ("5000").</summary>
public readonly record struct PeerId(string Value) : IComparable<PeerId>
{
    /// <summary>
    /// Who is behind a connection from an address that belongs to no known peer. '@' cannot occur in a peer's own
    /// id, so such a name never collides with one.
    /// </summary>
    public static PeerId OfStranger(string address) => new("@" + address);

    public bool IsStranger => Value.StartsWith('@');

    public bool Equals(PeerId other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public int CompareTo(PeerId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
