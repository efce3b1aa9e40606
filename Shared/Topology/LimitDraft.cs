namespace Blockchain.Shared.Topology;

/// <summary>A rate limit while its object is read; what is missing or unreadable is null.</summary>
internal sealed class LimitDraft
{
    private static readonly JsonFormat<int> Count = JsonFormats.Integer(0);

    public static IReadOnlyDictionary<string, Action<JsonPlace, LimitDraft>> Fields { get; } =
        new Dictionary<string, Action<JsonPlace, LimitDraft>>(StringComparer.Ordinal)
        {
            ["messages"] = (place, draft) => draft.Messages = Count.TryRead(place, out var count) ? count : null,
            ["window"] = (place, draft) =>
                draft.Window = JsonFormats.PositiveDuration.TryRead(place, out var window) ? window : null,
        };

    public int? Messages { get; private set; }

    public TimeSpan? Window { get; private set; }
}
