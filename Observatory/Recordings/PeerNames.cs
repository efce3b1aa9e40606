using Blockchain.Shared;

namespace Blockchain.Observatory.Recordings;

/// <summary>
/// One text for each peer. Every event brings texts of its own, which for the many that are kept would be most of their
/// memory.
/// </summary>
internal sealed class PeerNames
{
    /// <summary>Beyond, it begins anew.</summary>
    private const int Most = 20_000;

    private readonly Dictionary<PeerId, PeerId> _names = [];

    public PeerId Of(PeerId name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_names.Count >= Most)
        {
            _names.Clear();
        }

        _names.Add(name, name);
        return name;
    }
}
