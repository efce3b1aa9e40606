namespace Blockchain.Shared.Topology;

/// <summary>
/// The parts of the file, found before they are read: defaults come first wherever they stand. And what holds for the
/// network as a whole.
/// </summary>
internal sealed class FileSections
{
    public static IReadOnlyDictionary<string, Action<JsonPlace, FileSections>> Fields { get; } =
        new Dictionary<string, Action<JsonPlace, FileSections>>(StringComparer.Ordinal)
        {
            ["$schema"] = (_, _) => { },
            ["defaults"] = (place, sections) => sections.Defaults = place,
            ["peers"] = (place, sections) => sections.Peers = place,
            ["groups"] = (place, sections) => sections.Groups = place,
            ["restart"] = (place, sections) => sections.Restarts = JsonFormats.Restart.TryRead(
                place, out var restarts) && restarts,
        };

    public JsonPlace? Defaults { get; private set; }

    public JsonPlace? Peers { get; private set; }

    public JsonPlace? Groups { get; private set; }

    /// <summary>Whether a peer that died is started again.</summary>
    public bool Restarts { get; private set; }
}
