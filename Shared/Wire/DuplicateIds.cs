using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Finds out whether an id occurs twice, in one pass over a small table instead of a set on the heap.
/// </summary>
internal static class DuplicateIds
{
    private const int StackSlots = 512;

    /// <param name="ids">
    /// Verified ids: being hashes, they spread over the table. Stated ones could be chosen so that they do not.
    /// </param>
    public static bool Any(ReadOnlySpan<Hash256> ids)
    {
        if (ids.Length < 2)
        {
            return false;
        }

        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ids.Length * 2);
        var rented = size > StackSlots ? ArrayPool<int>.Shared.Rent(size) : null;
        var slots = rented is null ? stackalloc int[StackSlots] : rented.AsSpan(0, size);
        slots = slots[..size];
        slots.Clear();
        var found = Any(ids, slots);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return found;
    }

    private static bool Any(ReadOnlySpan<Hash256> ids, Span<int> slots)
    {
        Assertions.That(
            !Assertions.AreOn || (System.Numerics.BitOperations.IsPow2(slots.Length) && slots.Length > ids.Length),
            "A search ends.");
        var mask = slots.Length - 1;
        for (var i = 0; i < ids.Length; i++)
        {
            var slot = ids[i].GetHashCode() & mask;
            while (slots[slot] != 0)
            {
                if (ids[slots[slot] - 1] == ids[i])
                {
                    return true;
                }

                slot = (slot + 1) & mask;
            }

            slots[slot] = i + 1;
        }

        return false;
    }
}
