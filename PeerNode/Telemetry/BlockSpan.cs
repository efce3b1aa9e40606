using System.Diagnostics;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>This peer's span of a block: open for a while after the acceptance, then only remembered.</summary>
internal sealed class BlockSpan(Activity activity, SpanContext context, TimeSpan acceptedAt)
{
    private const int MaxEvents = 32;

    private Activity? _activity = activity;
    private int _events;
    private int _duplicates;
    private int _announcements;

    public SpanContext Context { get; } = context;

    public TimeSpan AcceptedAt { get; } = acceptedAt;

    public void CountDuplicate() => _duplicates++;

    public void CountAnnouncement() => _announcements++;

    public void AskedBy(TimeSpan now, string peer)
    {
        if (_activity is not null && _events++ < MaxEvents)
        {
            var tags = new ActivityTagsCollection { [SpanNames.From] = peer };
            _activity.AddEvent(new ActivityEvent(SpanNames.BlockAsked, DateTime.UnixEpoch + now, tags));
        }
    }

    /// <summary>It ends at the acceptance, however long it was held open for what came after.</summary>
    public void Close()
    {
        if (_activity is not { } activity)
        {
            return;
        }

        _activity = null;
        activity.SetTag(SpanNames.BlockDuplicates, _duplicates);
        activity.SetTag(SpanNames.BlockAnnouncements, _announcements);

        // Stopping makes current what was current at the start, which is not what is current now.
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }
}
