namespace Blockchain.Shared.Topology;

/// <summary>An entry of the file's links while it is read; what is missing or unreadable is null.</summary>
internal sealed class LinkDraft(JsonPath path)
{
    private static readonly JsonFormat<double> Burst = JsonFormats.Number(1, NetworkConditions.MaxBurst);
    private static readonly JsonFormat<string> Shape = JsonFormats.NameOf(LatencyShapes.All);

    private LinkPlan _link = new(default(PeerId));

    public static IReadOnlyDictionary<string, Action<JsonPlace, LinkDraft>> Fields { get; } =
        new Dictionary<string, Action<JsonPlace, LinkDraft>>(StringComparer.Ordinal)
        {
            ["from"] = (place, draft) => draft.From = Id(place),
            ["to"] = (place, draft) => draft.To = Id(place),
            ["latency"] = (place, draft) => draft.Set(
                JsonFormats.Latency, place, (link, value) => link with { Latency = value }),
            ["latencyShape"] = (place, draft) => draft.Set(
                Shape, place, (link, value) => link with { LatencyShape = LatencyShapes.Kinds[value] }),
            ["loss"] = (place, draft) => draft.Set(
                JsonFormats.Probability, place, (link, value) => link with { Loss = value }),
            ["lossBurst"] = (place, draft) => draft.Set(Burst, place, (link, value) => link with { LossBurst = value }),
            ["bandwidth"] = (place, draft) => draft.Set(
                JsonFormats.Bandwidth, place, (link, value) => link with { Bandwidth = value }),
        };

    public JsonPath Path => path;

    public PeerId? From { get; private set; }

    public PeerId? To { get; private set; }

    /// <summary>Whether all of it could be read, and nothing is wrong with it.</summary>
    public bool IsRead { get; set; } = true;

    /// <summary>What it says, of the direction to this peer.</summary>
    public LinkPlan Towards(PeerId to) => _link with { To = to };

    private static PeerId? Id(JsonPlace place) =>
        JsonFormats.Text.TryRead(place, out var id) ? new PeerId(id) : null;

    private void Set<T>(JsonFormat<T> format, JsonPlace place, Func<LinkPlan, T, LinkPlan> set)
    {
        if (format.TryRead(place, out var value))
        {
            _link = set(_link, value);
        }
        else
        {
            IsRead = false;
        }
    }
}
