using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>Writes what <see cref="RegionsReader"/> and <see cref="LinksReader"/> read.</summary>
internal static class LinksWriter
{
    public static void WriteRegions(Utf8JsonWriter writer, RegionPlan regions)
    {
        WriteMatrix(writer, "latency", regions, (from, to) => JsonFormats.Latency.Write(writer, regions.Latency(from, to)));
        if (regions.Shape != LatencyShape.Uniform)
        {
            writer.WriteString("latencyShape", LatencyShapes.NameOf(regions.Shape));
        }

        if (regions.HasBandwidths)
        {
            WriteMatrix(
                writer, "bandwidth", regions, (from, to) => JsonFormats.Bandwidth.Write(writer, regions.Bandwidth(from, to)));
        }
    }

    /// <summary>
    /// The entries of a plan's links: one for both directions of those that are alike. A link to a peer that is not there
    /// any more is left out.
    /// </summary>
    public static IEnumerable<(PeerId From, LinkPlan Link)> EntriesOf(NetworkPlan plan)
    {
        var written = new HashSet<(PeerId From, PeerId To)>();
        foreach (var peer in plan.Peers)
        {
            foreach (var link in peer.Links)
            {
                if (written.Contains((peer.Id, link.To)) || !plan.TryGet(link.To, out var other))
                {
                    continue;
                }

                yield return (peer.Id, link);

                // Read alone, the entry would hold for the way back too.
                var back = other.Links.FirstOrDefault(one => one.To == peer.Id);
                if (back is null)
                {
                    yield return (other.Id, new LinkPlan(peer.Id));
                }
                else if (back == link with { To = peer.Id })
                {
                    written.Add((other.Id, peer.Id));
                }
            }
        }
    }

    public static void Write(Utf8JsonWriter writer, PeerId from, LinkPlan link)
    {
        writer.WriteString("from", from.Value);
        writer.WriteString("to", link.To.Value);
        WriteIf(writer, "latency", link.Latency, JsonFormats.Latency);
        if (link.LatencyShape is { } shape)
        {
            writer.WriteString("latencyShape", LatencyShapes.NameOf(shape));
        }

        WriteIf(writer, "loss", link.Loss, JsonFormats.Probability);
        WriteIf(writer, "lossBurst", link.LossBurst, JsonFormats.Probability);
        WriteIf(writer, "bandwidth", link.Bandwidth, JsonFormats.Bandwidth);
    }

    private static void WriteIf<T>(Utf8JsonWriter writer, string name, T? value, JsonFormat<T> format)
        where T : struct
    {
        if (value is { } given)
        {
            writer.WritePropertyName(name);
            format.Write(writer, given);
        }
    }

    private static void WriteMatrix(
        Utf8JsonWriter writer, string name, RegionPlan regions, Action<string, string> writeCell)
    {
        writer.WriteStartObject(name);
        foreach (var from in regions.Names)
        {
            writer.WriteStartObject(from);
            foreach (var to in regions.Names)
            {
                writer.WritePropertyName(to);
                writeCell(from, to);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
