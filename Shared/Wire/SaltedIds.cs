namespace Blockchain.Shared.Wire;

/// <summary>
/// Compares ids in tables of what others send. Anybody can choose ids that share some bits (an id is not verified
/// before its block comes, and a few bits of a real hash are found by trying), and would then have a whole table in one
/// place. With a secret salt two ids share a place as rarely as chance has it, whichever ids they are: pair
/// multiply-shift (M. Thorup, "High Speed Hashing for Integers and Strings", 2015, section 3.5), which is strongly
/// universal.
/// </summary>
/// <param name="salt">Where the salt is drawn from; must be one that others cannot guess.</param>
public sealed class SaltedIds(SeededRandom salt) : IEqualityComparer<Hash256>
{
    private readonly ulong _k0 = salt.NextUInt64();
    private readonly ulong _k1 = salt.NextUInt64();
    private readonly ulong _k2 = salt.NextUInt64();
    private readonly ulong _k3 = salt.NextUInt64();
    private readonly ulong _k4 = salt.NextUInt64();
    private readonly ulong _k5 = salt.NextUInt64();
    private readonly ulong _k6 = salt.NextUInt64();
    private readonly ulong _k7 = salt.NextUInt64();
    private readonly ulong _k8 = salt.NextUInt64();

    public bool Equals(Hash256 x, Hash256 y) => x == y;

    public int GetHashCode(Hash256 id)
    {
        var (high, low) = (id.Leading128, id.Trailing128);
        return (int)((Pairs((ulong)(high >> 64), (ulong)high)
            + Pair(_k4, _k5, (ulong)(low >> 64)) + Pair(_k6, _k7, (ulong)low)) >> 32);
    }

    public int GetHashCode(MessageId id) => (int)(Pairs((ulong)(id.Value >> 64), (ulong)id.Value) >> 32);

    private ulong Pairs(ulong a, ulong b) => _k8 + Pair(_k0, _k1, a) + Pair(_k2, _k3, b);

    private static ulong Pair(ulong one, ulong other, ulong word) => (one + (uint)word) * (other + (word >> 32));
}
