using System.Diagnostics;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>Where a span stands in its trace, as it is handed from peer to peer.</summary>
/// <param name="Context">What its children name as their parent.</param>
/// <param name="Hops">How far its peer is away from the maker; null: unknown.</param>
internal readonly record struct SpanContext(ActivityContext Context, int? Hops)
{
    private const int TraceIdLength = 16;

    /// <summary>
    /// The trace of a block or a transaction has the first half of its id. So all nodes agree, without a word, on which
    /// trace it is and whether it is one of those that are sampled.
    /// </summary>
    public static ActivityTraceId TraceOf(Hash256 id)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        id.WriteBytes(bytes);
        return ActivityTraceId.CreateFromBytes(bytes[..TraceIdLength]);
    }

    /// <summary>The trace with no span above: for the maker's, and where whoever delivered it named none.</summary>
    public static ActivityContext RootOf(Hash256 id) =>
        new(TraceOf(id), spanId: default, ActivityTraceFlags.Recorded, traceState: null, isRemote: true);

    /// <summary>
    /// Makes the trace of a block current until it is disposed of, so that what is logged meanwhile is found with it. A
    /// span of that trace that is current already does.
    /// </summary>
    public static Activity? EnterTraceOf(Hash256 id)
    {
        var trace = TraceOf(id);
        return Activity.Current?.TraceId == trace ? null : new Activity("log").SetParentId(trace, default).Start();
    }

    /// <summary>What a message carries.</summary>
    /// <returns>False where it carries none.</returns>
    public static bool TryRead(Message message, out SpanContext context)
    {
        if (message.TraceParent is { } parent
            && ActivityContext.TryParse(parent, message.TraceState, isRemote: true, out var read)
            && read.SpanId != default)
        {
            context = new SpanContext(read, Telemetry.Hops.Read(message.TraceState));
            return true;
        }

        context = default;
        return false;
    }

    /// <summary>Of a span of our own.</summary>
    public static SpanContext Of(Activity span, int? hops) => new(
        new ActivityContext(
            span.TraceId, span.SpanId, span.ActivityTraceFlags, Telemetry.Hops.Write(span.TraceStateString, hops)),
        hops);

    public string TraceParent => $"00-{Context.TraceId}-{Context.SpanId}-{(IsRecorded ? "01" : "00")}";

    public string? TraceState => Context.TraceState;

    private bool IsRecorded => (Context.TraceFlags & ActivityTraceFlags.Recorded) != 0;
}
