using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// Ids of rejected blocks and why. Bounded, oldest out: a block that was forgotten is judged again when it comes again,
/// with the same result.
/// </summary>
internal sealed class RejectedIds(int limit, SaltedIds ids)
{
    private readonly Dictionary<Hash256, (RejectReason Reason, string Why)> _reasons = new(ids);
    private readonly Queue<Hash256> _byAge = new();

    public void Add(RejectedBlock rejected)
    {
        if (!_reasons.TryAdd(rejected.Header.Id, (rejected.Reason, rejected.Why)))
        {
            return;
        }

        _byAge.Enqueue(rejected.Header.Id);
        if (_byAge.Count > limit)
        {
            _reasons.Remove(_byAge.Dequeue());
        }

        Assertions.That(_reasons.Count == _byAge.Count && _byAge.Count <= limit, "Each has its turn to be forgotten.");
    }

    public bool Contains(Hash256 id) => _reasons.ContainsKey(id);

    public bool TryGet(Hash256 id, out (RejectReason Reason, string Why) reason) =>
        _reasons.TryGetValue(id, out reason);
}
