using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// One trace per block over all nodes: a span at its maker and one at everyone who takes it over, from its making to
/// its arrival there. The wire has no room for a trace context and needs none, since the block's id is known to all and
/// random enough: its first half is the trace, the next eight bytes the span that all others are children of.
/// </summary>
internal sealed class BlockTraces(NodeOptions options) : IDisposable
{
    public const string SourceName = "Blockchain.PeerNode";
    public const string Made = "block made";
    public const string Accepted = "block accepted";
    public const string Rejected = "block rejected";

    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;

    private readonly ActivitySource _source = new(SourceName);

    public void BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        var isOwn = node.Header.Sender == options.Plan.Id;
        using var span = Start(isOwn ? Made : Accepted, isOwn ? ActivityKind.Producer : ActivityKind.Consumer, now, node.Header, via);
        span?.SetTag("blockchain.block.height", node.Height);
    }

    public void BlockRejected(TimeSpan now, BlockHeader header, PeerId via)
    {
        using var span = Start(Rejected, ActivityKind.Consumer, now, header, via);
        span?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _source.Dispose();

    private Activity? Start(string name, ActivityKind kind, TimeSpan now, BlockHeader header, PeerId via)
    {
        if (!_source.HasListeners())
            return null;
        Span<byte> id = stackalloc byte[Hash256.ByteLength];
        header.Id.WriteBytes(id);
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromBytes(id[..TraceIdLength]),
            ActivitySpanId.CreateFromBytes(id.Slice(TraceIdLength, SpanIdLength)),
            ActivityTraceFlags.Recorded,
            isRemote: true);

        // A clock that is behind the maker's would have the block arrive before its making.
        var end = DateTime.UnixEpoch + now;
        var begin = header.Timestamp < now.TotalSeconds ? DateTime.UnixEpoch.AddSeconds(header.Timestamp) : end;

        // A trace is called after its first span, which is to be the making.
        if (kind == ActivityKind.Consumer && begin < end)
            begin = begin.AddTicks(1);
        var span = _source.StartActivity(name, kind, parent, startTime: begin);
        return span?
            .SetTag("blockchain.block.id", header.Id.ToString())
            .SetTag("blockchain.block.maker", header.Sender.Value)
            .SetTag("blockchain.via", via.Value)
            .SetEndTime(end);
    }
}
