using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// Some peers, by their ids. It never changes, so that thousands of peers can be told the same one. Two are equal if
/// they have the same ids.
/// </summary>
public sealed class PeerSet(IEnumerable<PeerId> ids) : IEquatable<PeerSet>
{
    /// <summary>The text of a set without peers.</summary>
    public const string NoneText = "none";

    private const char Separator = ',';

    private readonly FrozenSet<PeerId> _ids = ids.ToFrozenSet();

    public static PeerSet None { get; } = new([]);

    public int Count => _ids.Count;

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<PeerId> Ids => _ids.Order();

    public static PeerSet Of(params IEnumerable<string> ids) => new(ids.Select(id => new PeerId(id)));

    public bool Contains(PeerId id) => _ids.Contains(id);

    /// <summary>Reads what <see cref="ToString"/> writes; also no text at all, for no peers.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PeerSet? set)
    {
        set = null;
        if (text is null)
        {
            return false;
        }

        var ids = text is "" or NoneText ? [] : text.Split(Separator);
        if (!Array.TrueForAll(ids, id => id.Length is >= 1 and <= WireLimits.PeerIdLength && !id.Any(char.IsSurrogate)))
        {
            return false;
        }

        set = Of(ids);
        return true;
    }

    public bool Equals(PeerSet? other) =>
        ReferenceEquals(this, other) || (other is not null && _ids.SetEquals(other._ids));

    public override bool Equals(object? obj) => Equals(obj as PeerSet);

    public override int GetHashCode() => _ids.Aggregate(Count, (hash, id) => hash ^ id.GetHashCode());

    /// <summary>The ids with commas between, or "none". An id that has a comma itself cannot be read back.</summary>
    public override string ToString() => Count == 0 ? NoneText : string.Join(Separator, Ids);
}
