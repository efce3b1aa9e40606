using Blockchain.Shared.Wire;
using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// How long a message takes between two peers, and whether it gets there. Each line carries one long message after the
/// other, the sender's when they leave, the receiver's when they arrive; between regions a connection has a limit of
/// its
/// own. What fits into one packet slips between those of longer messages and takes only its own time.
/// </summary>
/// <param name="figures">Null: links take no time and lose nothing.</param>
internal sealed class LinkModel(LinkFigures? figures)
{
    /// <summary>Of a packet on Ethernet, without the headers of IP and TCP.</summary>
    private const int PacketBytes = 1_460;

    private readonly MessageSize _sizes = new();
    private Message? _lastMessage;
    private int _lastBytes;

    /// <summary>Bytes on a link; of a compact block those of it.</summary>
    public int BytesOf(Message message, LinkEnd from, LinkEnd to) =>
        IsCompact(message, from, to) ? figures!.CompactBytes!.Value : BytesOf(message);

    /// <summary>Whether a block goes there as its header and short names of its transactions (BIP 152).</summary>
    public bool IsCompact(Message message, LinkEnd from, LinkEnd to) =>
        message is Block && figures?.CompactBytes is not null && from.UsesCompactRelay && to.UsesCompactRelay;

    /// <summary>Bytes on a link, of a block without regard to compact relay.</summary>
    public int BytesOf(Message message)
    {
        // An announcement goes to all neighbours in a row.
        if (!ReferenceEquals(message, _lastMessage))
        {
            _lastMessage = message;
            _lastBytes = message is Block && figures?.BlockBytes is { } bytes ? bytes : _sizes.Of(message);
        }

        return _lastBytes;
    }

    /// <summary>Fills in what is the same for all messages of a link.</summary>
    public void Prepare(ref Link link, LinkEnd from, LinkEnd to)
    {
        if (figures is not null)
        {
            link.RegionPair = figures.Latency.Pair(from.Region, to.Region);
            link.DelayTicks = from.DelayTicks + to.DelayTicks;
            link.TicksPerByte = Math.Max(
                Math.Max(from.UploadTicks, to.DownloadTicks), from.Region == to.Region ? 0 : figures.InterRegionTicks);
        }
    }

    public bool Loses(ref Link link) => figures is not null && link.Random.Chance(figures.Loss);

    /// <summary>
    /// When a message that is handed to the link now arrives, if the receiver's line is free then; in ticks.
    /// </summary>
    /// <param name="landing">Bytes that take their turn on the receiver's line; zero for those of one packet.</param>
    public long Arrival(
        long now, ref Link link, LinkEnd from, Message message, int bytes, out int landing)
    {
        landing = 0;
        if (figures is null)
        {
            return now;
        }

        landing = bytes > PacketBytes ? bytes : 0;
        var latency = figures.Latency.Next(link.RegionPair, link.Random.NextDouble());
        var extra = message is Block ? figures.BlockTicks : figures.ControlTicks;
        return now + latency + link.DelayTicks + extra + OnLine(now, in link, from, bytes);
    }

    /// <summary>
    /// When a long message, which would be here now, is through the receiver's line; now if that is free.
    /// </summary>
    public static long Landing(long now, LinkEnd to, int bytes)
    {
        to.DownloadFree = Math.Max(now, to.DownloadFree + (long)(to.DownloadTicks * bytes));
        return to.DownloadFree;
    }

    /// <summary>Whether the receiver of a compact block has not all of its transactions.</summary>
    public static bool LacksTransactions(ref Link link, LinkEnd to) => link.Random.Chance(to.CompactFailure);

    /// <summary>When the sender of a compact block hears what its receiver lacks; in ticks.</summary>
    public long RequestArrival(long now, ref Link link, LinkEnd from, LinkEnd to) =>
        now + figures!.ControlTicks + link.DelayTicks
            + figures.Latency.Next(figures.Latency.Pair(to.Region, from.Region), link.Random.NextDouble());

    /// <summary>Ticks until the last byte has left, waiting for the line included.</summary>
    private static long OnLine(long now, in Link link, LinkEnd from, int bytes)
    {
        var duration = (long)(link.TicksPerByte * bytes);
        if (bytes <= PacketBytes)
        {
            return duration;
        }

        var start = Math.Max(now, from.UploadFree);
        from.UploadFree = start + (long)(from.UploadTicks * bytes);
        return start - now + duration;
    }
}
