#pragma warning disable RCS0056 // Some lines are data as it is read.
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Networks.Files;

namespace Blockchain.Simulation.Tests.Networks.Files;

/// <summary>Edge lists, GraphML and matrices of regions: what they mean, and every mistake with its line.</summary>
public sealed class NetworkFileTests
{
    private const string Edges = """
        # A comment
        from,to,latency_ms,bandwidth_mbps,loss
        a,b,30,20,
        b,a,40,,0.1
        "b",c,,0,

        c,d,12.5,1.5,0
        """;

    private const string GraphMl = """
        <?xml version="1.0" encoding="UTF-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key id="d0" for="node" attr.name="region" attr.type="string"/>
          <key id="d1" for="node" attr.name="light" attr.type="boolean"/>
          <key id="d2" for="edge" attr.name="latency" attr.type="string"><default>50ms</default></key>
          <key id="d3" for="edge" attr.name="bandwidth_mbps" attr.type="double"/>
          <key id="d4" for="node" attr.name="nat" attr.type="boolean"/>
          <key id="d5" for="node" attr.name="localnetworkid" attr.type="int"/>
          <key id="d6" for="node" attr.name="behaviour" attr.type="string"/>
          <key id="d7" for="node" attr.name="x" attr.type="double"/>
          <key id="d8" for="node" attr.name="share" attr.type="double"><default>2</default></key>
          <graph edgedefault="undirected">
            <node id="a"><data key="d0">eu</data><data key="d7">1.5</data><data key="d8">0.25</data></node>
            <node id="b"><data key="d0">us</data><data key="d1">true</data></node>
            <node id="c"><data key="d4">1</data><data key="d5">3</data><data key="d6">lazy</data></node>
            <node id="g"><data key="d5">3</data></node>
            <edge source="a" target="b"/>
            <edge source="a" target="g"><data key="d2">0.2s</data><data key="d3">10</data></edge>
            <edge source="g" target="c"/>
          </graph>
        </graphml>
        """;

    /// <summary>A file of one mistake, its line (0: none), and the gist of the message.</summary>
    public static TheoryData<string, int, string> Mistakes { get; } = new()
    {
        { "", 0, "is empty" },
        { "from,to", 0, "no link" },
        { "from\na", 1, "no column \"to\"" },
        { "from,to,to\na,b,c", 1, "\"to\" 2 times" },
        { "from,to,delay\na,b,1", 1, "no column \"delay\"; there are from, to" },
        { "from,to,latency_ms\na,b", 2, "has 2 values, and the header names 3" },
        { "from,to\na,b\n\n# one\n\"a,c", 5, "quotation mark" },
        { "from,to,latency_ms\na,b,1\na,c,x", 3, "\"x\" is not a number" },
        { "from,to,latency_ms\na,b,-1", 2, "\"-1\" is not a number" },
        { "from,to,latency\na,b,30", 2, "a time with a unit such as 30ms" },
        { "from,to,latency_s\na,b,1e9", 2, "is not a number" },
        { "from,to,bandwidth\na,b,20", 2, "with a unit such as 20Mbit/s" },
        { "from,to,bandwidth_mbps\na,b,-1", 2, "the bandwidth \"-1\"" },
        { "from,to,loss\na,b,1.5", 2, "from 0 to 1" },
        { "from,to\na,a", 2, "linked to itself" },
        { "from,to\na,b\nb,c\na,b", 4, "is in line 2 too" },
        { "from,to\na,\"b c\"", 2, "\"b c\" cannot be the id" },
        { "from,to\na,", 2, "\"\" cannot be the id" },
        { "from,to,from_region\na,b,eu\na,c,us", 3, "in \"us\" here, and in \"eu\" before" },
        { "<graphml>\n<graph>", 2, "is not XML" },
        { "<!DOCTYPE x [<!ENTITY a \"b\">]>\n<graphml/>", 0, "is not XML" },
        { "<graphml/>", 1, "one graph in it" },
        { Graph("<node id='a'/>\n<node id='a'/>"), 3, "another node \"a\"" },
        { Graph("<node id='a'/>\n<edge source='a' target='b'/>"), 3, "no node \"b\"" },
        { Graph("<node id='a'>\n<data key='q'>1</data></node>"), 3, "no key \"q\"" },
        { Graph("<node id='a'>\n<data key='l'>maybe</data></node>"), 3, "light is \"maybe\"" },
        { Graph("<node id='a'>\n<data key='n'>-2</data></node>"), 3, "localnetworkid \"-2\"" },
        { Graph("<node id='a'>\n<data key='b'>lasy</data></node>"), 3, "did you mean \"lazy\"" },
        { Graph("<node id='a'>\n<data key='s'>-0.1</data></node>"), 3, "share \"-0.1\"" },
        { Graph("<node id='a'>\n<data key='s'>NaN</data></node>"), 3, "share \"NaN\"" },
        { Graph("<node id='a'/><node id='b'/>\n<edge source='a' target='b'>\n<data key='t'>5</data></edge>"), 4, "unit" },
        { Graph("<node id='a'><data key='t'>1</data><data key='x'>true</data></node>\n<node id='b'/><edge source='a' target='b'/>"),
            2, "behind NAT and has no localnetworkid" },
    };

    public static TheoryData<string, int, string> MatrixMistakes { get; } = new()
    {
        { "", 1, "is empty" },
        { "ms,eu\neu,1", 1, "begins with \"ms\"" },
        { "latency_ms,eu,eu\neu,1,1", 1, "each region once" },
        { "latency_ms\neu", 1, "each region once" },
        { "latency_ms,eu\neu,1,2", 2, "has 3 values" },
        { "latency_ms,eu\nus,1", 2, "does not name" },
        { "latency_ms,eu\neu,1\neu,1", 3, "as line 2 is" },
        { "latency_ms,eu\neu,fast", 2, "\"fast\" is not a latency from eu to eu, a number" },
        { "latency,eu\neu,5", 2, "with a unit such as 30ms" },
        { "latency_ms,eu,us\neu,1,2", 1, "us and us" },
    };

    [Fact]
    public void Read_EdgeList_IsThePlan()
    {
        var plan = Read(Edges);

        Assert.Equal(["a", "b", "c", "d"], plan.Peers.Select(peer => peer.Id.Value));
        Assert.Equal("127.64.0.1:5000", $"{plan.Peers[0].Info.Ip}:{plan.Peers[0].Info.Port}");
        Assert.Equal(["a", "c"], plan[new("b")].Knows!.Select(id => id.Value));
        Assert.Equal([new LinkPlan(new("b")) { Latency = Ms(30), Bandwidth = 20_000_000 }], plan[new("a")].Links);
        Assert.Equal(
            [new LinkPlan(new("a")) { Latency = Ms(40), Loss = 0.1 }, new LinkPlan(new("c")) { Bandwidth = 0 }],
            plan[new("b")].Links);
        Assert.Equal(
            [new LinkPlan(new("c")) { Latency = Ms(12.5), Bandwidth = 1_500_000, Loss = 0 }], plan[new("d")].Links);
    }

    [Fact]
    public void Read_GraphMl_IsThePlan()
    {
        var plan = Read(GraphMl);

        Assert.Equal(["a", "b", "c", "g"], plan.Peers.Select(peer => peer.Id.Value));
        Assert.True(plan[new("b")].Info.Light);
        Assert.Equal(
            (true, 3, "lazy"), (plan[new("c")].Info.Nat, plan[new("c")].Info.NetworkId, plan[new("c")].Behaviour));
        Assert.Equal(
            [
                new LinkPlan(new("b")) { Latency = Ms(50) },
                new LinkPlan(new("g")) { Latency = Ms(200), Bandwidth = 10_000_000 },
            ],
            plan[new("a")].Links);
        Assert.Null(plan[new("a")].Region);
        Assert.Equal((0.25, 2), (plan[new("a")].Settings.Share, plan[new("b")].Settings.Share));
    }

    [Fact]
    public void Read_WithRegions_HasTheMatrix()
    {
        List<string> problems = [];
        var regions = NetworkFile.ReadRegions("m.csv", "latency_ms,eu,us\neu,10,45\nus,,20.5", problems);
        var plan = NetworkFile.Read("e.csv", "from,to,from_region,to_region\na,b,eu,us", regions, problems);

        Assert.Empty(problems);
        Assert.Equal(("eu", "us"), (plan![new("a")].Region, plan[new("b")].Region));
        Assert.Equal(Ms(45), plan.Regions!.Latency("us", "eu"));
        Assert.Equal(Ms(20.5), plan.Regions.Latency("us", "us"));

        NetworkFile.Read("e.csv", "from,to,from_region\na,b,us\nb,c,asia", regions, problems);
        Assert.Equal(["e.csv:2: \"b\" is in \"asia\", and the matrix has eu, us."], problems.Select(
            problem => problem.Replace(":3:", ":2:", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_OneMistake_IsToldWithItsLine(string text, int line, string gist)
    {
        List<string> problems = [];
        Assert.Null(NetworkFile.Read("x", text, null, problems));

        var problem = Assert.Single(problems);
        Assert.StartsWith(line == 0 ? "x: " : $"x:{line}: ", problem, StringComparison.Ordinal);
        Assert.Contains(gist, problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(MatrixMistakes))]
    public void ReadRegions_OneMistake_IsToldWithItsLine(string text, int line, string gist)
    {
        List<string> problems = [];
        Assert.Null(NetworkFile.ReadRegions("x", text, problems));

        var problem = Assert.Single(problems);
        Assert.StartsWith($"x:{line}: ", problem, StringComparison.Ordinal);
        Assert.Contains(gist, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyMistakes_AreToldAtOnceInTheOrderOfTheirLines()
    {
        List<string> problems = [];
        NetworkFile.Read("x", "from,to,latency_ms,loss\na,b,slow,2\na,a,1,0\nb\nc d,b,1,0\nb,a,1,0", null, problems);

        Assert.Equal(
            ["x:2:", "x:2:", "x:3:", "x:4:", "x:5:"], problems.Select(problem => problem.Split(' ')[0]));
    }

    [Theory]
    [InlineData(Edges)]
    [InlineData(GraphMl)]
    public void Read_CutAnywhere_NeverThrows(string text)
    {
        for (var length = 0; length < text.Length; length++)
        {
            List<string> problems = [];
            Assert.Equal(NetworkFile.Read("x", text[..length], null, problems) is null, problems.Count > 0);
        }
    }

    /// <summary>As a peers.json the same network, so that processes run it.</summary>
    [Theory]
    [InlineData(Edges)]
    [InlineData(GraphMl)]
    public void Plan_WrittenAsPeersJson_IsReadAsTheSame(string text)
    {
        var plan = Read(text);
        var read = PeersFile.Parse(PeersFile.Write(plan));

        Assert.Empty(read.Errors);
        Assert.Equal(plan.Peers, read.Plan!.Peers);
    }

    internal static NetworkPlan Read(string text)
    {
        List<string> problems = [];
        var plan = NetworkFile.Read("x", text, null, problems);
        Assert.Empty(problems);
        return plan!;
    }

    private static Range<TimeSpan> Ms(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        return new(time, time);
    }

    private static string Graph(string body) =>
        "<graphml><key id='l' for='node' attr.name='light'/><key id='n' for='node' attr.name='localnetworkid'/>"
        + "<key id='s' for='node' attr.name='share'/><key id='b' for='node' attr.name='behaviour'/><key id='t' for='edge' attr.name='latency'/>"
        + $"<key id='x' for='node' attr.name='nat'/><graph>\n{body}</graph></graphml>";
}
