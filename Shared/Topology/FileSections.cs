namespace Blockchain.Shared.Topology;

/// <summary>
/// The parts of the file, found before they are read: defaults come first wherever they stand. And what holds for the
/// network as a whole.
/// </summary>
internal sealed class FileSections
{
    private static readonly JsonFormat<bool> Identities = JsonFormats.Signed;

    private static readonly JsonFormat<int> Bits = JsonFormats.Integer(0, NetworkPlan.MostWork);

    public static IReadOnlyDictionary<string, Action<JsonPlace, FileSections>> Fields { get; } =
        new Dictionary<string, Action<JsonPlace, FileSections>>(StringComparer.Ordinal)
        {
            ["$schema"] = (_, _) => { },
            ["data"] = (place, sections) =>
            {
                if (JsonFormats.Folder.TryRead(place, out var data))
                {
                    sections.Data = data;
                }
            },
            ["defaults"] = (place, sections) => sections.Defaults = place,
            ["peers"] = (place, sections) => sections.Peers = place,
            ["groups"] = (place, sections) => sections.Groups = place,
            ["regions"] = (place, sections) => sections.Regions = place,
            ["links"] = (place, sections) => sections.Links = place,
            ["restart"] = (place, sections) => sections.Restarts = JsonFormats.Restart.TryRead(
                place, out var restarts) && restarts,
            ["identity"] = (place, sections) => sections.IsSigned = Identities.TryRead(
                place, out var isSigned) && isSigned,
            ["keys"] = (place, sections) => sections.Keys = place,
            ["work"] = (place, sections) => sections.Work = Bits.TryRead(place, out var bits) ? bits : 0,
        };

    public string? Data { get; private set; }

    public JsonPlace? Defaults { get; private set; }

    public JsonPlace? Peers { get; private set; }

    public JsonPlace? Groups { get; private set; }

    /// <summary>How far the regions are from each other.</summary>
    public JsonPlace? Regions { get; private set; }

    /// <summary>The links that are not like the others.</summary>
    public JsonPlace? Links { get; private set; }

    /// <summary>Whether a peer that died is started again.</summary>
    public bool Restarts { get; private set; }

    /// <summary>The public keys of the peers.</summary>
    public JsonPlace? Keys { get; private set; }

    public bool IsSigned { get; private set; }

    public int Work { get; private set; }
}
