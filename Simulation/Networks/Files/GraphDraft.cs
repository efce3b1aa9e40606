using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>
/// Nodes and links of a file while it is read, and what is wrong with them. A link leads both ways; what it says holds
/// for the way back too, unless the file has a link for that.
/// </summary>
internal sealed class GraphDraft(string name)
{
    private const int FirstPort = 5_000;

    /// <summary>Each peer of a plan has a port of its own.</summary>
    private const int MostPeers = NetworkPlan.LastPort - FirstPort + 1;

    /// <summary>In 127.0.0.0/8, as a network on one machine has them.</summary>
    private const int FirstAddress = (64 << 16) + 1;

    private readonly List<(int Line, string Problem)> _problems = [];
    private readonly Dictionary<string, GraphNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<GraphNode> _order = [];
    private readonly Dictionary<(string From, string To), GraphLink> _links = [];

    /// <summary>
    /// Peers that announce at once and do nothing without a cause, as in a preset; a link of which nothing is known
    /// takes a tenth of a second.
    /// </summary>
    private static readonly PeerSettings Settings = GeneratedNetwork.QuietPeers with
    {
        Latency = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100)),
    };

    public void Problem(int line, string problem) => _problems.Add((line, problem));

    /// <summary>The node of this id, which is new or was named before.</summary>
    public GraphNode Node(int line, string id)
    {
        if (_nodes.TryGetValue(id, out var node))
        {
            return node;
        }

        if (id.Length is 0 or > WireLimits.PeerIdLength
            || id.Any(letter => letter is '@' or '/' or ',' || char.IsWhiteSpace(letter) || char.IsControl(letter)))
        {
            Problem(
                line,
                $"\"{id}\" cannot be the id of a peer: 1 to {WireLimits.PeerIdLength} characters without '@', '/', ',' "
                    + "or white space");
        }

        _nodes.Add(id, node = new GraphNode(line, id));
        _order.Add(node);
        return node;
    }

    public bool Has(string id) => _nodes.ContainsKey(id);

    public void Add(GraphLink link)
    {
        if (link.From == link.To)
        {
            Problem(link.Line, $"\"{link.From}\" is linked to itself");
        }
        else if (!_links.TryAdd((link.From, link.To), link))
        {
            Problem(
                link.Line,
                $"the link from \"{link.From}\" to \"{link.To}\" is in line {_links[(link.From, link.To)].Line} too");
        }
    }

    /// <returns>Null if anything is wrong.</returns>
    public NetworkPlan? Finish(RegionPlan? regions, ICollection<string> problems)
    {
        if (_problems.Count == 0)
        {
            Check(regions);
        }

        foreach (var (line, problem) in _problems.OrderBy(problem => problem.Line))
        {
            problems.Add(line > 0 ? $"{name}:{line}: {problem}." : $"{name}: {problem}.");
        }

        return _problems.Count == 0 ? Plan(regions) : null;
    }

    private void Check(RegionPlan? regions)
    {
        if (_links.Count == 0)
        {
            Problem(0, "there is no link in it");
        }

        if (_nodes.Count > MostPeers)
        {
            Problem(0, $"it has {_nodes.Count} peers, and {MostPeers} are possible");
        }

        foreach (var node in _order)
        {
            if (node.IsNated && node.Network == PeerInfo.NoNetwork)
            {
                Problem(
                    node.Line, $"\"{node.Id}\" is behind NAT and has no localnetworkid, whose gateway relays for it");
            }

            if (node.Region is { } region && regions is not null && !regions.Names.Contains(region))
            {
                Problem(
                    node.Line,
                    $"\"{node.Id}\" is in \"{region}\", and the matrix has {string.Join(", ", regions.Names)}");
            }
        }
    }

    private NetworkPlan Plan(RegionPlan? regions)
    {
        var known = _order.ToDictionary(node => node.Id, _ => new List<PeerId>());
        var lines = _order.ToDictionary(node => node.Id, _ => new List<LinkPlan>());
        foreach (var ((from, to), link) in _links)
        {
            var hasBack = _links.ContainsKey((to, from));
            known[from].Add(new PeerId(to));
            Say(from, link.Plan);
            if (!hasBack)
            {
                known[to].Add(new PeerId(from));
                Say(to, link.Plan with { To = new PeerId(from) });
            }
        }

        return new NetworkPlan(
            _order.Select((node, index) => new PeerPlan
            {
                Info = new PeerInfo(
                    new PeerId(node.Id), Address(index), FirstPort + index, node.IsNated, node.IsLight, node.Network),
                Settings = Settings with { Share = node.Share },
                Behaviour = node.Behaviour,
                Region = regions is null ? null : node.Region,
                Knows = known[node.Id],
                Links = lines[node.Id],
            }),
            Settings)
        {
            Regions = regions,
        };

        void Say(string from, LinkPlan link)
        {
            if (!link.IsEmpty)
            {
                lines[from].Add(link);
            }
        }
    }

    private static string Address(int index)
    {
        var number = FirstAddress + index;
        return $"127.{number >> 16}.{(number >> 8) & 255}.{number & 255}";
    }
}
