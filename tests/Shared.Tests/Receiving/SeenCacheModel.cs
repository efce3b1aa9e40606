namespace Blockchain.Shared.Tests.Receiving;

/// <summary>Remembers by a list that is searched from end to end.</summary>
internal sealed class SeenCacheModel(int seenForSeconds, int limit)
{
    private readonly List<(int Id, int SeenAt)> _seen = [];

    public int Count => _seen.Count;

    public bool Add(int id, int now)
    {
        _seen.RemoveAll(entry => now - entry.SeenAt >= seenForSeconds);
        if (_seen.Exists(entry => entry.Id == id))
        {
            return false;
        }

        _seen.Add((id, now));
        if (_seen.Count > limit)
        {
            _seen.RemoveAt(0);
        }

        return true;
    }
}
