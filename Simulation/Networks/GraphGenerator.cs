using Blockchain.Shared;

namespace Blockchain.Simulation.Networks;

/// <summary>Undirected graphs as lists of neighbours: no loops, no link twice.</summary>
internal static class GraphGenerator
{
    private const int MaxAttempts = 100;

    /// <summary>Each peer opens so many links to others, drawn uniformly.</summary>
    /// <param name="outDegrees">How many each opens; those that others open to it come in addition.</param>
    public static List<int>[] ByOutDegree(IReadOnlyList<int> outDegrees, SeededRandom random)
    {
        var graph = Empty(outDegrees.Count);
        for (var peer = 0; peer < graph.Length; peer++)
        {
            var wanted = Math.Min(outDegrees[peer], graph.Length - 1);
            for (var (made, attempts) = (0, 0); made < wanted && attempts < wanted + MaxAttempts; attempts++)
            {
                made += TryLink(graph, peer, random.Next(graph.Length)) ? 1 : 0;
            }
        }

        return graph;
    }

    /// <summary>
    /// Every peer has the same number of links, otherwise at random: stubs are paired; where a pair would be a loop or
    /// a
    /// second link, it swaps partners with a random link (McKay and Wormald, "Uniform generation of random regular
    /// graphs of moderate degree", 1990).
    /// </summary>
    public static List<int>[] Regular(int peers, int degree, SeededRandom random)
    {
        // Of a dense graph it is easier to say which links are not there.
        if (2 * degree > peers - 1)
        {
            return Complement(Regular(peers, peers - 1 - degree, random));
        }

        var graph = Empty(peers);
        var stubs = new int[peers * degree];
        for (var i = 0; i < stubs.Length; i++)
        {
            stubs[i] = i / degree;
        }

        random.ShuffleFront(stubs, stubs.Length);
        var made = new List<(int A, int B)>();
        for (var i = 0; i < stubs.Length; i += 2)
        {
            var (a, b) = (stubs[i], stubs[i + 1]);
            if (TryLink(graph, a, b))
            {
                made.Add((a, b));
            }
            else
            {
                Swap(graph, made, a, b, random);
            }
        }

        return graph;
    }

    public static List<int>[] SmallWorld(int peers, int degree, double rewiring, SeededRandom random)
    {
        var graph = Empty(peers);
        for (var distance = 1; distance <= degree / 2; distance++)
        {
            for (var peer = 0; peer < peers; peer++)
            {
                TryLink(graph, peer, (peer + distance) % peers);
            }
        }

        for (var distance = 1; distance <= degree / 2; distance++)
        {
            for (var peer = 0; peer < peers; peer++)
            {
                var neighbour = (peer + distance) % peers;
                if (random.Chance(rewiring) && TryLink(graph, peer, random.Next(peers)))
                {
                    graph[peer].Remove(neighbour);
                    graph[neighbour].Remove(peer);
                }
            }
        }

        return graph;
    }

    public static bool TryLink(List<int>[] graph, int a, int b)
    {
        if (a == b || graph[a].Contains(b))
        {
            return false;
        }

        graph[a].Add(b);
        graph[b].Add(a);
        return true;
    }

    private static void Swap(List<int>[] graph, List<(int A, int B)> made, int a, int b, SeededRandom random)
    {
        for (var attempt = 0; attempt < MaxAttempts * (made.Count + 1); attempt++)
        {
            if (made.Count == 0)
            {
                return;
            }

            var chosen = random.Next(made.Count);
            var (c, d) = made[chosen];
            if (a == c || b == d || graph[a].Contains(c) || graph[b].Contains(d) || (a == d && b == c) || (a == b
                && c == d))
            {
                continue;
            }

            graph[c].Remove(d);
            graph[d].Remove(c);
            made.RemoveAt(chosen);
            TryLink(graph, a, c);
            TryLink(graph, b, d);
            made.Add((a, c));
            made.Add((b, d));
            return;
        }
    }

    private static List<int>[] Complement(List<int>[] graph) =>
        [.. graph.Select((neighbours, peer) => Enumerable.Range(0, graph.Length)
            .Where(other => other != peer && !neighbours.Contains(other))
            .ToList())];

    private static List<int>[] Empty(int peers)
    {
        var graph = new List<int>[peers];
        for (var i = 0; i < peers; i++)
        {
            graph[i] = [];
        }

        return graph;
    }
}
