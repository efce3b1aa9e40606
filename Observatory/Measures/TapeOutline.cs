using Blockchain.Observatory.Recordings;
using Blockchain.Shared;

namespace Blockchain.Observatory.Measures;

/// <summary>What is where on a tape, to find one's way on it.</summary>
/// <param name="Blocks">Blocks made, for each of equal parts of its length.</param>
/// <param name="Drops">Messages dropped, likewise.</param>
/// <param name="Marks">What people did, and peers that went or came back, in the order of time.</param>
public sealed record TapeOutline(
    IReadOnlyList<int> Blocks, IReadOnlyList<long> Drops, IReadOnlyList<(TimeSpan At, string Text)> Marks)
{
    /// <param name="parts">Above 0.</param>
    public static TapeOutline Of(Tape tape, int parts)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        var blocks = new int[parts];
        var drops = new long[parts];
        var marks = new List<(TimeSpan, string)>();
        var away = new HashSet<PeerId>();
        foreach (var (at, happened) in tape.Events)
        {
            // What stands at the begin was before it, and is told again to begin with.
            if (at == tape.Start)
            {
                continue;
            }

            var part = (int)Math.Min(parts - 1, (at - tape.Start) / tape.Length * parts);
            switch (happened)
            {
                case BlockMade:
                    blocks[part]++;
                    break;
                case MessagesDropped dropped:
                    drops[part] += dropped.Count;
                    break;
                case Remark remark:
                    marks.Add((at, remark.Text));
                    break;
                case PeerDown down when away.Add(down.Peer):
                    marks.Add((at, $"{down.Peer} went down"));
                    break;
                // Whoever was just found has been there before.
                case PeerUp up when away.Remove(up.Peer) || up.Started > tape.Start:
                    marks.Add((at, $"{up.Peer} came up"));
                    break;
            }
        }

        return new TapeOutline(blocks, drops, marks);
    }
}
