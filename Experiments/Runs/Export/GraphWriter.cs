using System.Globalization;
using System.Text;
using System.Xml;
using Blockchain.Shared;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs.Export;

/// <summary>
/// Writes the graph of a run as an edge list and as GraphML, which <c>simulate --network</c> reads; docs/export.md says
/// what stands where. A link that is the same in both directions is there once.
/// </summary>
internal static class GraphWriter
{
    private const string Columns = "from,to,latency_ms,bandwidth_mbps,loss,from_region,to_region";
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    private static readonly (string For, string Name, string Type)[] Keys =
    [
        ("node", "region", "string"), ("node", "light", "boolean"), ("node", "nat", "boolean"),
        ("node", "localnetworkid", "int"), ("node", "behaviour", "string"),
        ("node", "share", "double"),
        ("edge", "latency_ms", "double"), ("edge", "bandwidth_mbps", "double"), ("edge", "loss", "double"),
    ];

    /// <summary>The lines without those that only repeat the way there.</summary>
    public static IEnumerable<GraphEdge> EdgesOf(SimulationRun run)
    {
        var backs = new HashSet<(int From, int To)>();
        var all = run.Graph().ToDictionary(edge => (edge.From.Index, edge.To.Index));
        foreach (var ((from, to), edge) in all)
        {
            if (backs.Contains((from, to)))
            {
                continue;
            }

            if (all.TryGetValue((to, from), out var back)
                && (back.Latency, back.BitsPerSecond, back.Loss) == (edge.Latency, edge.BitsPerSecond, edge.Loss))
            {
                backs.Add((to, from));
            }

            yield return edge;
        }
    }

    public static void WriteCsv(string path, IReadOnlyList<GraphEdge> edges)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(Columns);
        foreach (var edge in edges)
        {
            writer.Write(Csv.Quote(edge.From.Id.Value));
            writer.Write(',');
            writer.Write(Csv.Quote(edge.To.Id.Value));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $",{edge.Latency.TotalMilliseconds:R},{edge.BitsPerSecond / 1e6:R},{edge.Loss:R},"));
            writer.Write(Csv.Quote(edge.From.Plan.Region ?? ""));
            writer.Write(',');
            writer.WriteLine(Csv.Quote(edge.To.Plan.Region ?? ""));
        }
    }

    public static void WriteGraphMl(string path, IReadOnlyList<SimulatedPeer> peers, IReadOnlyList<GraphEdge> edges)
    {
        using var writer = XmlWriter.Create(
            path, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        writer.WriteStartElement("graphml", Namespace);
        foreach (var key in Keys)
        {
            writer.WriteStartElement("key", Namespace);
            writer.WriteAttributeString("id", key.Name);
            writer.WriteAttributeString("for", key.For);
            writer.WriteAttributeString("attr.name", key.Name);
            writer.WriteAttributeString("attr.type", key.Type);
            writer.WriteEndElement();
        }

        writer.WriteStartElement("graph", Namespace);
        writer.WriteAttributeString("edgedefault", "undirected");
        foreach (var peer in peers)
        {
            WriteNode(writer, peer);
        }

        foreach (var edge in edges)
        {
            writer.WriteStartElement("edge", Namespace);
            writer.WriteAttributeString("source", edge.From.Id.Value);
            writer.WriteAttributeString("target", edge.To.Id.Value);
            WriteData(writer, "latency_ms", Text(edge.Latency.TotalMilliseconds));
            WriteData(writer, "bandwidth_mbps", Text(edge.BitsPerSecond / 1e6));
            WriteData(writer, "loss", Text(edge.Loss));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteNode(XmlWriter writer, SimulatedPeer peer)
    {
        writer.WriteStartElement("node", Namespace);
        writer.WriteAttributeString("id", peer.Id.Value);
        if (peer.Plan.Region is { } region)
        {
            WriteData(writer, "region", region);
        }

        if (peer.Plan.Info.Light)
        {
            WriteData(writer, "light", "true");
        }

        if (peer.Plan.Info.Nat)
        {
            WriteData(writer, "nat", "true");
        }

        if (peer.Plan.Info.NetworkId != PeerInfo.NoNetwork)
        {
            WriteData(writer, "localnetworkid", peer.Plan.Info.NetworkId.ToString(CultureInfo.InvariantCulture));
        }

        if (!peer.Plan.IsHonest)
        {
            WriteData(writer, "behaviour", peer.Plan.Behaviour);
        }

        if (peer.Plan.Settings.Share != 1)
        {
            WriteData(writer, "share", Text(peer.Plan.Settings.Share));
        }

        writer.WriteEndElement();
    }

    private static void WriteData(XmlWriter writer, string key, string value)
    {
        writer.WriteStartElement("data", Namespace);
        writer.WriteAttributeString("key", key);
        writer.WriteString(value);
        writer.WriteEndElement();
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
