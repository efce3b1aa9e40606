namespace Blockchain.Shared.Topology;

/// <summary>The parts of the file, found before they are read: defaults come first wherever they stand.</summary>
internal sealed class FileSections
{
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
        };

    public string? Data { get; private set; }

    public JsonPlace? Defaults { get; private set; }

    public JsonPlace? Peers { get; private set; }

    public JsonPlace? Groups { get; private set; }
}
