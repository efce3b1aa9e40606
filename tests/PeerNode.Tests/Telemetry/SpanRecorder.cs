using System.Collections.Concurrent;
using System.Diagnostics;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>Collects every span that any node of this process ends, and so has them made.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Blockchain.PeerNode",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of a block or a transaction; other tests' nodes are heard as well.</summary>
    public IReadOnlyList<Activity> Of(string id) =>
        [.. _spans.Where(span => span.TraceId.ToHexString() == id[..32])];

    /// <summary>Those of it that one peer made.</summary>
    public Activity Single(string id, string peer) =>
        Assert.Single(Of(id), span => (string?)span.GetTagItem("blockchain.peer.id") == peer);

    public void Dispose() => _listener.Dispose();
}
