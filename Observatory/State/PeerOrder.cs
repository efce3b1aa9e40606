using Blockchain.Shared;

namespace Blockchain.Observatory.State;

/// <summary>Ids as people sort them: 900 before 5000, names after numbers.</summary>
public sealed class PeerOrder : IComparer<PeerId>
{
    public static PeerOrder Instance { get; } = new();

    public int Compare(PeerId x, PeerId y)
    {
        var isNumber = long.TryParse(x.Value, out var first);
        var otherIsNumber = long.TryParse(y.Value, out var second);
        return (isNumber, otherIsNumber) switch
        {
            (true, true) when first != second => first.CompareTo(second),
            (true, false) => -1,
            (false, true) => 1,
            _ => x.CompareTo(y),
        };
    }
}
