using Blockchain.Shared;
using Blockchain.Shared.Messages;
using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation.Engine;

/// <summary>How long a message takes between two peers, and whether it gets there.</summary>
internal sealed class LinkModel
{
    /// <summary>What fits into one packet slips between those of a longer message instead of waiting for its end.</summary>
    private const int PacketBytes = 1_460;

    private readonly SeededRandom _random;
    private readonly LinkFigures? _figures;

    private LinkModel(ulong seed, LinkFigures? figures)
    {
        _random = new SeededRandom(seed ^ 0x6C69_6E6B_73);
        _figures = figures;
    }

    /// <summary>Links that take no time and lose nothing.</summary>
    public static LinkModel Immediate(ulong seed) => new(seed, null);

    public static LinkModel Of(ulong seed, LinkFigures figures) => new(seed, figures);

    /// <summary>Bytes on a link, of a block without regard to compact relay.</summary>
    public int BytesOf(Message message) =>
        _figures is null ? 0 : message is Block && _figures.BlockBytes is { } bytes ? bytes : MessageSize.Of(message);

    public bool Loses(double more) =>
        (_figures is not null && _random.Chance(_figures.Loss)) || _random.Chance(more);

    /// <summary>When a message that is handed to the link now arrives, if the receiver's line is free then; in ticks.</summary>
    /// <param name="landing">Bytes that take their turn on the receiver's line; zero for those of one packet.</param>
    public long Arrival(long now, LinkEnd from, LinkEnd to, Message message, int bytes, out int landing)
    {
        landing = 0;
        if (_figures is null)
        {
            return now;
        }

        var latency = _figures.Latency.Next(_random, from.Region, to.Region);
        landing = bytes > PacketBytes ? bytes : 0;
        if (message is not Block)
        {
            return now + latency + _figures.ControlTicks + OnLine(now, from, to, bytes);
        }

        var arrival = now + latency + _figures.BlockTicks;
        if (_figures.CompactBytes is { } compact && from.UsesCompactRelay && to.UsesCompactRelay)
        {
            if (!_random.Chance(to.CompactFailure))
            {
                landing = compact;
                return arrival + OnLine(now, from, to, compact);
            }

            // It asks for what it lacks, and gets it: one more way there and back.
            arrival += OnLine(now, from, to, compact) + _figures.ControlTicks
                + _figures.Latency.Next(_random, to.Region, from.Region)
                + _figures.Latency.Next(_random, from.Region, to.Region);
        }

        return arrival + OnLine(now, from, to, bytes);
    }

    /// <summary>When a long message, which would be here now, is through the receiver's line; now if that is free.</summary>
    public static long Landing(long now, LinkEnd to, int bytes)
    {
        to.DownloadFree = Math.Max(now, to.DownloadFree + (long)(to.DownloadTicks * bytes));
        return to.DownloadFree;
    }

    /// <summary>Ticks until the last byte has left, waiting for the line included.</summary>
    private long OnLine(long now, LinkEnd from, LinkEnd to, int bytes)
    {
        var perByte = Math.Max(from.UploadTicks, to.DownloadTicks);
        if (from.Region != to.Region)
        {
            perByte = Math.Max(perByte, _figures!.InterRegionTicks);
        }

        var duration = (long)(perByte * bytes);
        if (bytes <= PacketBytes)
        {
            return duration;
        }

        var start = Math.Max(now, from.UploadFree);
        from.UploadFree = start + (long)(from.UploadTicks * bytes);
        return start - now + duration;
    }
}
