using System.Diagnostics;

namespace Blockchain.Shared.Messages;

/// <summary>The order of the members of an object in canonical JSON: by the code points of their keys.</summary>
internal static class MemberOrder
{
    public static bool HasRepeatedKey(in JsonTape tape, int container)
    {
        var members = Sort(tape, container);
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(tape, members[i - 1], members[i]) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tokens of an object's members, in order: by a heapsort, so that no line can make it slow.</summary>
    public static int[] Sort(in JsonTape tape, int container)
    {
        var members = new int[tape.CountItems(container)];
        for (int i = 0, member = container + 1; i < members.Length; i++, member = tape[member].Next)
        {
            members[i] = member;
        }

        for (var i = (members.Length / 2) - 1; i >= 0; i--)
        {
            Sink(tape, members, i);
        }

        for (var end = members.Length - 1; end > 0; end--)
        {
            (members[0], members[end]) = (members[end], members[0]);
            Sink(tape, members.AsSpan(0, end), 0);
        }

        Debug.Assert(
            members.Length < 2 || Compare(tape, members[0], members[^1]) <= 0, "The first is not behind the last.");
        return members;
    }

    private static void Sink(in JsonTape tape, Span<int> heap, int parent)
    {
        for (int child; (child = (2 * parent) + 1) < heap.Length; parent = child)
        {
            if (child + 1 < heap.Length && Compare(tape, heap[child], heap[child + 1]) < 0)
            {
                child++;
            }

            if (Compare(tape, heap[parent], heap[child]) >= 0)
            {
                return;
            }

            (heap[parent], heap[child]) = (heap[child], heap[parent]);
        }
    }

    private static int Compare(in JsonTape tape, int left, int right) =>
        tape[left].Field != Field.Unknown && tape[right].Field != Field.Unknown
            ? tape[left].Field.CompareTo(tape[right].Field)
            : CanonicalText.Compare(tape.Key(left)[1..^1], tape.Key(right)[1..^1]);
}
