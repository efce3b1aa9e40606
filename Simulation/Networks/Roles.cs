using Blockchain.Shared;

namespace Blockchain.Simulation.Networks;

/// <summary>Who is light, NATed, a gateway, or malicious.</summary>
internal sealed class Roles
{
    private readonly int[] _groupOf;
    private readonly bool[] _isNated;
    private readonly bool[] _isLight;
    private readonly bool[] _isMalicious;

    private Roles(int peers)
    {
        _groupOf = new int[peers];
        Array.Fill(_groupOf, PeerInfo.NoNetwork);
        _isNated = new bool[peers];
        _isLight = new bool[peers];
        _isMalicious = new bool[peers];
    }

    /// <summary>Peers that are not NATed, gateways among them.</summary>
    public List<int> Public { get; } = [];

    /// <summary>The gateway first.</summary>
    public List<List<int>> Groups { get; } = [];

    public static Roles Draw(GeneratedNetwork network, SeededRandom random)
    {
        var roles = new Roles(network.Peers);
        var order = Enumerable.Range(0, network.Peers).ToArray();
        random.ShuffleFront(order, order.Length);

        var nated = NatedOf(network);
        var groups = GroupsOf(network);
        for (var i = 0; i < groups; i++)
        {
            roles.Groups.Add([order[nated + i]]);
            roles._groupOf[order[nated + i]] = i;
        }

        for (var i = 0; i < nated; i++)
        {
            roles._isNated[order[i]] = true;
            roles._groupOf[order[i]] = i % groups;
            roles.Groups[i % groups].Add(order[i]);
        }

        roles.DrawRoles(network, random, order, nated, groups);
        for (var i = 0; i < network.Peers; i++)
        {
            if (!roles._isNated[i])
            {
                roles.Public.Add(i);
            }
        }

        return roles;
    }

    /// <summary>How many groups there are; their <c>localnetworkid</c>s count from 0.</summary>
    public static int GroupsOf(GeneratedNetwork network)
    {
        // Each needs a public peer as its gateway.
        var nated = NatedOf(network);
        var groups = (nated + network.NatGroupSize - 1) / network.NatGroupSize;
        return Math.Min(groups, network.Peers - nated);
    }

    /// <summary>Peers that keep headers only. Gateways are full, and one peer more, so that somebody makes blocks.</summary>
    public static int LightOf(GeneratedNetwork network) => Math.Min(
        (int)Math.Round(network.LightShare * network.Peers), network.Peers - GroupsOf(network) - 1);

    public bool IsNated(int peer) => _isNated[peer];

    public bool IsLight(int peer) => _isLight[peer];

    public bool IsMalicious(int peer) => _isMalicious[peer];

    /// <summary>The <c>localnetworkid</c>.</summary>
    public int GroupOf(int peer) => _groupOf[peer];

    // Two public peers at least, so that there is a network.
    private static int NatedOf(GeneratedNetwork network) =>
        Math.Min((int)Math.Round(network.NatShare * network.Peers), network.Peers - 2);

    // A gateway is full and honest, or its group would be cut off. The last peer is full, so that somebody is.
    private void DrawRoles(GeneratedNetwork network, SeededRandom random, int[] order, int nated, int groups)
    {
        var candidates = order.Where((_, i) => i < nated || i >= nated + groups).SkipLast(1).ToArray();
        random.ShuffleFront(candidates, candidates.Length);
        var light = LightOf(network);
        foreach (var peer in candidates.AsSpan(0, light))
        {
            _isLight[peer] = true;
        }

        var malicious = (int)Math.Round(network.MaliciousShare * network.Peers);
        foreach (var peer in candidates.Skip(light).Where(peer => !_isNated[peer]).Take(malicious))
        {
            _isMalicious[peer] = true;
        }
    }
}
