
namespace Blockchain.Shared.Wire;

/// <summary>The order of the members of an object in canonical JSON: by the code points of their keys.</summary>
internal static class MemberOrder
{
    /// <summary>The tokens of an object's members, in order.</summary>
    /// <returns>False when two keys are the same.</returns>
    public static bool TrySort(in JsonTape tape, int container, out int[] members)
    {
        // In UTF-8, bytes are in the order of code points.
        var keys = new PooledBytes(256);
        var entries = new Entry[tape.CountItems(container)];
        for (int i = 0, member = container + 1; i < entries.Length; i++, member = tape[member].Next)
        {
            var start = keys.Length;
            CanonicalText.WriteUtf8(tape.Key(member), ref keys);
            entries[i] = new Entry(member, start, keys.Length);
        }

        var order = new KeyOrder(keys.Buffer);
        entries.AsSpan().Sort(order);
        var isStrict = true;
        members = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            members[i] = entries[i].Member;
            isStrict &= i == 0 || order.Compare(entries[i - 1], entries[i]) < 0;
        }

        Assertions.That(entries.Length == 0 || tape[container].Kind == TokenKind.Object, "Only an object has keys.");
        keys.Dispose();
        return isStrict;
    }

    /// <summary>A member, and where its key stands in a buffer.</summary>
    private readonly record struct Entry(int Member, int KeyStart, int KeyEnd);

    private readonly struct KeyOrder(byte[] keys) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y) => keys.AsSpan(x.KeyStart, x.KeyEnd - x.KeyStart)
            .SequenceCompareTo(keys.AsSpan(y.KeyStart, y.KeyEnd - y.KeyStart));
    }
}
