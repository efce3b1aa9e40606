using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Blockchain.Shared;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>
/// Reads GraphML (Brandes et al., "GraphML progress report", Graph Drawing 2001; graphml.graphdrawing.org): nodes,
/// edges, and of their data what a peer or a link has. Other data are passed over, as GraphML asks of its readers.
/// </summary>
internal sealed class GraphMlReader
{
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
    };

    private readonly GraphDraft _draft;

    /// <summary>What the data of a key mean, and what they are where nothing stands.</summary>
    private readonly Dictionary<string, (string For, string Name, string? Usual)> _keys = new(StringComparer.Ordinal);

    private GraphMlReader(GraphDraft draft) => _draft = draft;

    public static void Read(string text, GraphDraft draft)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), Safe);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            new GraphMlReader(draft).Read(root);
        }
        catch (XmlException error)
        {
            draft.Problem(error.LineNumber, $"is not XML: {error.Message.TrimEnd('.')}");
        }
    }

    private void Read(XElement root)
    {
        var graphs = Children(root, "graph").ToList();
        if (root.Name.LocalName != "graphml" || graphs.Count != 1)
        {
            _draft.Problem(LineOf(root), "must be a graphml with one graph in it");
            return;
        }

        foreach (var key in Children(root, "key"))
        {
            var name = (string?)key.Attribute("attr.name") ?? "";
            var of = (string?)key.Attribute("for") ?? "all";
            var usual = Children(key, "default").FirstOrDefault()?.Value.Trim();
            _keys[(string?)key.Attribute("id") ?? ""] = (of, name, usual);
        }

        foreach (var node in Children(graphs[0], "node"))
        {
            ReadNode(node);
        }

        foreach (var edge in Children(graphs[0], "edge"))
        {
            ReadEdge(edge);
        }
    }

    private void ReadNode(XElement element)
    {
        var (line, id) = (LineOf(element), (string?)element.Attribute("id") ?? "");
        if (_draft.Has(id))
        {
            _draft.Problem(line, $"there is another node \"{id}\"");
            return;
        }

        var node = _draft.Node(line, id);
        foreach (var (name, value, at) in Data(element, "node"))
        {
            switch (name)
            {
                case "region":
                    node.Region = value;
                    break;
                case "light":
                    node.IsLight = Flag(name, value, at);
                    break;
                case "nat":
                    node.IsNated = Flag(name, value, at);
                    break;
                case "localnetworkid":
                    if (!int.TryParse(
                        value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var network)
                        || network < PeerInfo.NoNetwork)
                    {
                        _draft.Problem(at, $"the localnetworkid \"{value}\" is not a whole number of at least -1");
                    }

                    node.Network = network;
                    break;
                case "behaviour":
                    if (Behaviours.All.Problem(value) is { } problem)
                    {
                        _draft.Problem(at, problem);
                    }

                    node.Behaviour = value;
                    break;
                case "share":
                    if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
                        || !double.IsFinite(share)
                        || share < 0)
                    {
                        _draft.Problem(at, $"the share \"{value}\" is not a number from 0");
                        share = 1;
                    }

                    node.Share = share;
                    break;
            }
        }
    }

    private void ReadEdge(XElement element)
    {
        var line = LineOf(element);
        var link = new GraphLink(
            line, (string?)element.Attribute("source") ?? "", (string?)element.Attribute("target") ?? "");
        foreach (var end in ((string[])[link.From, link.To]).Where(end => !_draft.Has(end)))
        {
            _draft.Problem(line, $"there is no node \"{end}\"");
            return;
        }

        foreach (var (name, value, at) in Data(element, "edge"))
        {
            if (Quantity.IsKnown(name) && Quantity.Set(name, value, link) is { } problem)
            {
                _draft.Problem(at, problem);
            }
        }

        _draft.Add(link);
    }

    /// <summary>What is said of an element: its data, and the defaults of keys that it has no data for.</summary>
    private IEnumerable<(string Name, string Value, int Line)> Data(XElement element, string kind)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var data in Children(element, "data"))
        {
            var key = (string?)data.Attribute("key") ?? "";
            if (!_keys.TryGetValue(key, out var meaning))
            {
                _draft.Problem(LineOf(data), $"there is no key \"{key}\"");
            }
            else if (given.Add(key) && data.Value.Trim() is { Length: > 0 } value)
            {
                yield return (meaning.Name, value, LineOf(data));
            }
        }

        foreach (var (id, key) in _keys)
        {
            if (key.Usual is { Length: > 0 } usual && (key.For == kind || key.For == "all") && !given.Contains(id))
            {
                yield return (key.Name, usual, LineOf(element));
            }
        }
    }

    private bool Flag(string name, string value, int line)
    {
        if (value is not ("true" or "false" or "1" or "0"))
        {
            _draft.Problem(line, $"{name} is \"{value}\"; it must be true or false");
        }

        return value is "true" or "1";
    }

    private static IEnumerable<XElement> Children(XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
