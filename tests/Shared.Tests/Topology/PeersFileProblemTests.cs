#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Text;
using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Topology;

public sealed class PeersFileProblemTests
{
    /// <summary>Files of one fault each: the text, what is reported, where, and the gist of the message.</summary>
    public static TheoryData<string, Severity, string, string> Faults { get; } = new()
    {
        // Not JSON, or not of this shape
        { "", Severity.Error, "$", "line 1, column 1" },
        { "{\n  \"péers\": 1 ; }", Severity.Error, "$", "line 2, column 14" },
        { "{} {}", Severity.Error, "$", "line 1, column 4" },
        { "{\n\"peers\": {\"\\ud800\": 1}}", Severity.Error, "$", "line 2, column 11: a text has half a surrogate" },
        { new string('[', 100_000), Severity.Error, "$", "depth" },
        { "[]", Severity.Error, "$", "expected an object with \"peers\", found []" },
        { "{}", Severity.Error, "$.peers", "at least one peer" },
        { "{ \"peers\": {} }", Severity.Error, "$.peers", "at least one peer" },
        { "{ \"peers\": [] }", Severity.Error, "$.peers", "expected an object" },
        { "{ \"peers\": { \"a\": 5 } }", Severity.Error, "$.peers.a", "expected an object such as" },
        { File("\"peer\": {}"), Severity.Warning, "$.peer", "did you mean \"peers\"?" },
        { Entry("\"dropprobabilty\": 0"), Severity.Warning, "$.peers.a.dropprobabilty",
            "did you mean \"dropProbability\"?" },
        { Entry("\"colour\": 1"), Severity.Warning, "$.peers.a.colour", "is unknown and ignored" },
        { File("\"defaults\": { \"port\": 1 }"), Severity.Warning, "$.defaults.port", "is unknown" },
        { Entry("\"nat\": false, \"nat\": false"), Severity.Error, "$.peers.a.nat", "is here twice" },
        { Peers("\"a\": {}"), Severity.Error, "$.peers.a", "is here twice" },

        // Tables of addresses
        { Peers("\"b\": { \"ip\": \"127.0.0.8\", \"port\": 5001, \"addressTable\": \"bitcoin\" }"), Severity.Error,
            "$.peers.a.addressTable", "and so must all peers of a network" },
        { Entry("\"addressTable\": \"bitcoin\", \"pingInterval\": 0"), Severity.Error, "$.peers.a.pingInterval",
            "never finds out that a neighbour has left it" },
        { Entry("\"addressTable\": \"bitcoin\", \"outbound\": 126"), Severity.Error, "$.peers.a.outbound", "125" },

        // Ids
        { Peers("\"\": " + Address(5001)), Severity.Error, "$.peers['']", "1 to 64 characters" },
        { Peers("\"x@y\": " + Address(5001)), Severity.Error, "$.peers['x@y']", "'@'" },
        { Peers("\"a/b\": " + Address(5001)), Severity.Error, "$.peers['a/b']", "'/'" },
        { Peers("\"it's \": " + Address(5001)), Severity.Error, "$.peers['it\\'s ']", "white space" },
        { Peers("\"" + new string('x', 65) + "\": " + Address(5001)), Severity.Error, "$.peers." + new string(
            'x', 65), "64" },

        // Addresses
        { "{ \"peers\": { \"a\": { \"port\": 5000 } } }", Severity.Error, "$.peers.a.ip", "is missing" },
        { "{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\" } } }", Severity.Error, "$.peers.a.port", "is missing" },
        { Peers("\"b\": { \"ip\": \"localhost\", \"port\": 5001 }"), Severity.Error, "$.peers.b.ip", "IPv4" },
        { Peers("\"b\": { \"ip\": \"127.0.0.256\", \"port\": 5001 }"), Severity.Error, "$.peers.b.ip", "IPv4" },
        { Peers("\"b\": { \"ip\": \"127.0.0.010\", \"port\": 5001 }"), Severity.Error, "$.peers.b.ip", "IPv4" },
        { Peers("\"b\": { \"ip\": \"127.1\", \"port\": 5001 }"), Severity.Error, "$.peers.b.ip", "IPv4" },
        { Peers("\"b\": { \"ip\": \"::1\", \"port\": 5001 }"), Severity.Error, "$.peers.b.ip", "IPv4" },
        { Peers("\"b\": { \"ip\": 5, \"port\": 5001 }"), Severity.Error, "$.peers.b.ip", "found 5" },
        { Peers("\"b\": " + Address(0)), Severity.Error, "$.peers.b.port", "from 1 to 63535" },
        { Peers("\"b\": " + Address(63_536)), Severity.Error, "$.peers.b.port", "port + 2000" },
        { Peers("\"b\": { \"ip\": \"127.0.0.8\", \"port\": \"5001\" }"), Severity.Error, "$.peers.b.port",
            "whole number" },
        { Peers("\"b\": " + Address(5000)), Severity.Error, "$.peers.b.port",
            "port 5000 is used by peer a ($.peers.a)" },
        { Peers("\"b\": " + Address(5000, "127.0.0.9")), Severity.Error, "$.peers.b.port", "address 127.0.0.9:5000" },
        { Peers("\"b\": " + Address(5001, "127.0.0.9")), Severity.Warning, "$.peers.b.ip", "address of peer a" },
        { Peers("\"b\": " + Address(7000, "127.0.0.1")), Severity.Error, "$.peers.b.port", "HTTP port of peer a" },

        // Conditions, regions and links
        { Default("\"lossBurst\": 0.5"), Severity.Error, "$.defaults.lossBurst", "from 1 to 1000000" },
        { Default("\"lossBurst\": 2, \"dropProbability\": 0.9"), Severity.Error, "$.defaults", "burst of at least 9" },
        { Entry("\"latencyShape\": \"parreto\""), Severity.Error, "$.peers.a.latencyShape", "did you mean \"pareto\"" },
        { Entry("\"latencyShape\": \"pareto\""), Severity.Error, "$.peers.a", "at most 4 times its median" },
        { Entry("\"latencyShape\": \"log-normal\", \"latency\": [0, 1]"), Severity.Error, "$.peers.a", "median above 0" },
        { Entry("\"region\": \"eu\""), Severity.Error, "$.peers.a.region", "no \"regions\"" },
        { Entry("\"region\": 5"), Severity.Error, "$.peers.a.region", "a text" },
        { Outside("{ \"latency\": { \"eu\": { \"eu\": 1 } } }", "[]", "ue"), Severity.Error, "$.peers.a.region",
            "did you mean \"eu\"?" },
        { Regions("5"), Severity.Error, "$.regions", "expected an object" },
        { Regions("{}"), Severity.Error, "$.regions.latency", "is missing" },
        { Regions("{ \"latency\": {} }"), Severity.Error, "$.regions.latency", "names no region" },
        { Regions("{ \"latency\": { \"eu\": [1] } }"), Severity.Error, "$.regions.latency.eu", "a value for each region" },
        { Regions("{ \"latency\": { \"eu\": { \"eu\": -1 } } }"), Severity.Error, "$.regions.latency.eu.eu", "a duration" },
        { Regions("{ \"latency\": { \"eu\": { \"us\": 1, \"eu\": 1 } } }"), Severity.Error, "$.regions.latency.us.us",
            "between us and us" },
        { Regions("{ \"latency\": { \"eu\": { \"eu\": [1, 9] } }, \"latencyShape\": \"pareto\" }"), Severity.Error,
            "$.regions.latency.eu.eu", "at most 4 times" },
        { Regions("{ \"latency\": { \"eu\": { \"eu\": 1 } }, \"bandwidth\": { \"eu\": { \"eu\": \"2Mb\" } } }"),
            Severity.Error, "$.regions.bandwidth.eu.eu", "a bandwidth such as" },
        { Regions("{ \"latency\": { \"eu\": { \"eu\": 1 } }, \"bandwidth\": { \"us\": { \"eu\": 0 } } }"),
            Severity.Error, "$.regions.bandwidth.us", "no latency of a region \"us\"" },
        { Regions("{ \"latency\": { \"eu\": { \"eu\": 1 } }, \"jitter\": 1 }"), Severity.Warning, "$.regions.jitter",
            "is unknown" },
        { Links("5"), Severity.Error, "$.links", "an array of links" },
        { Links("[5]"), Severity.Error, "$.links[0]", "expected an object such as" },
        { Links("[{ \"from\": \"a\", \"loss\": 1 }]"), Severity.Error, "$.links[0].to", "is missing" },
        { Links("[{ \"from\": \"a\", \"to\": \"x\", \"loss\": 1 }]"), Severity.Error, "$.links[0].to", "no peer \"x\"" },
        { Links("[{ \"from\": \"a\", \"to\": \"a\", \"loss\": 1 }]"), Severity.Error, "$.links[0].to", "to itself" },
        { Links("[{ \"from\": \"a\", \"to\": \"b\" }]"), Severity.Warning, "$.links[0]", "has no effect" },
        { Links("[{ \"from\": \"a\", \"to\": \"b\", \"loss\": 2 }]"), Severity.Error, "$.links[0].loss", "from 0 to 1" },
        { Links("[{ \"from\": \"a\", \"to\": \"b\", \"loss\": 0.9, \"lossBurst\": 2 }]"), Severity.Error, "$.links[0]",
            "burst of at least 9" },
        { Links("[{ \"from\": \"a\", \"to\": \"b\", \"loss\": 1 }, { \"from\": \"a\", \"to\": \"b\", \"loss\": 0 }]"),
            Severity.Error, "$.links[1]", "is also at $.links[0]" },

        // Roles, networks, acquaintances
        { Entry("\"nat\": true"), Severity.Error, "$.peers.a.localnetworkid", "peer behind NAT" },
        { Entry("\"nat\": 1"), Severity.Error, "$.peers.a.nat", "true or false" },
        { Entry("\"localnetworkid\": -2"), Severity.Error, "$.peers.a.localnetworkid", "at least -1" },
        { Entry("\"nat\": true, \"localnetworkid\": 3"), Severity.Warning, "$.peers.a.localnetworkid", "no gateway" },
        { Entry("\"light\": true"), Severity.Warning, "$.peers", "no honest full peer" },
        { Peers("\"b\": { \"ip\": \"127.0.0.8\", \"port\": 5001, \"light\": true, \"malicious\": true }"),
            Severity.Warning, "$.peers.b.malicious", "no effect" },
        { Entry("\"start\": \"later\""), Severity.Error, "$.peers.a.start", "\"auto\" or \"manual\"" },
        { Entry("\"knows\": \"b\""), Severity.Error, "$.peers.a.knows", "array of peer ids" },
        { Entry("\"knows\": [5000]"), Severity.Error, "$.peers.a.knows[0]", "a text such as" },
        { Entry("\"knows\": [\"a\"]"), Severity.Error, "$.peers.a.knows[0]", "itself" },
        { Peers("\"b1\": { \"ip\": \"127.0.0.8\", \"port\": 5001, \"knows\": [\"a\", \"b2\"] }"), Severity.Error,
            "$.peers.b1.knows[1]", "no peer \"b2\"" },

        // Knobs
        { Entry("\"fanout\": 0"), Severity.Error, "$.peers.a.fanout", "at least 1, found 0" },
        { Entry("\"fanout\": 1.5"), Severity.Error, "$.peers.a.fanout", "whole number" },
        { Entry("\"fanout\": null"), Severity.Error, "$.peers.a.fanout", "found null" },
        { Entry("\"retries\": 99999999999"), Severity.Error, "$.peers.a.retries", "whole number" },
        { Default("\"dropProbability\": 1.01"), Severity.Error, "$.defaults.dropProbability", "from 0 to 1" },
        { Default("\"dropProbability\": -0.1"), Severity.Error, "$.defaults.dropProbability", "from 0 to 1" },
        { Default("\"jitter\": 2"), Severity.Error, "$.defaults.jitter", "from 0 to 1" },
        { Default("\"blockInterval\": \"-5s\""), Severity.Error, "$.defaults.blockInterval", "duration from 0" },
        { Default("\"blockInterval\": -5"), Severity.Error, "$.defaults.blockInterval", "duration from 0" },
        { Default("\"blockInterval\": \"5 days\""), Severity.Error, "$.defaults.blockInterval", "\"15s\"" },
        { Default("\"blockInterval\": 1e400"), Severity.Error, "$.defaults.blockInterval", "10000h" },
        { Default("\"blockInterval\": \"10001h\""), Severity.Error, "$.defaults.blockInterval", "10000h" },
        { Default("\"seenFor\": 0"), Severity.Error, "$.defaults.seenFor", "above 0" },
        { Default("\"capacity\": 1e400"), Severity.Error, "$.defaults.capacity", "number of at least 0" },
        { Default("\"capacity\": [10, 2]"), Severity.Error, "$.defaults.capacity", "min at most max" },
        { Default("\"latency\": [\"1s\"]"), Severity.Error, "$.defaults.latency", "[min, max]" },
        { Default("\"latency\": [\"1s\", true]"), Severity.Error, "$.defaults.latency[1]", "found true" },
        { Default("\"sendLimit\": 5"), Severity.Error, "$.defaults.sendLimit", "\"window\"" },
        { Default("\"sendLimit\": {\"messages\": 5}"), Severity.Error, "$.defaults.sendLimit.window", "is missing" },
        { Default("\"sendLimit\": {\"window\": 5}"), Severity.Error, "$.defaults.sendLimit.messages", "is missing" },
        { Default("\"sendLimit\": {\"messages\": -1, \"window\": 5}"), Severity.Error, "$.defaults.sendLimit.messages",
            "at least 0" },
        { Default("\"sendLimit\": {\"messages\": 5, \"window\": 0}"), Severity.Error, "$.defaults.sendLimit.window",
            "above 0" },
        { Default("\"unreachableAfter\": \"15s\""), Severity.Warning, "$.defaults.unreachableAfter",
            "pingInterval of 15s" },
        { Entry("\"pingInterval\": \"30s\""), Severity.Warning, "$.peers.a.unreachableAfter", "pingInterval of 30s" },

        // Groups
        { Group("\"ip\": \"127.1.0.1\", \"port\": 6000"), Severity.Error, "$.groups.g.count", "is missing" },
        { Group("\"count\": 0, \"ip\": \"127.1.0.1\", \"port\": 6000"), Severity.Error, "$.groups.g.count",
            "from 1 to 10000" },
        { Group("\"count\": 10001, \"ip\": \"127.1.0.1\", \"port\": 6000"), Severity.Error, "$.groups.g.count",
            "from 1 to 10000" },
        { Group("\"count\": 2, \"ip\": \"127.1.0.1\", \"port\": 63535"), Severity.Error, "$.groups.g.port",
            "63534 or below" },
        { Group("\"count\": 2, \"ip\": \"127.255.255.255\", \"port\": 6000"), Severity.Error, "$.groups.g.ip",
            "127.0.0.0/8" },
        { Group("\"count\": 2, \"ip\": \"255.255.255.255\", \"port\": 6000"), Severity.Error, "$.groups.g.ip",
            "no room" },
        { Group("\"count\": 9, \"ip\": \"127.1.0.1\", \"port\": 4996"), Severity.Error, "$.groups.g.port",
            "peer 5000: the port 5000 is used by peer a" },
        { Group("\"count\": 2, \"ip\": \"127.1.0.1\", \"port\": 6000, \"idPrefix\": \"@\""), Severity.Error,
            "$.groups.g.idPrefix", "'@'" },
        { Group("\"count\": 2, \"ip\": \"127.1.0.1\", \"port\": 6000, \"idPrefix\": 5"), Severity.Error,
            "$.groups.g.idPrefix", "a text" },
        { Group("\"count\": 500, \"ip\": \"127.1.0.1\", \"port\": 6000, \"nat\": true"), Severity.Error,
            "$.groups.g.localnetworkid", "peer behind NAT" },
        { Group("\"count\": 500, \"ip\": \"127.1.0.1\", \"port\": 6000, \"knows\": [\"z\"]"), Severity.Error,
            "$.groups.g.knows[0]", "no peer \"z\"" },
        { Group("\"count\": 500, \"ip\": \"127.1.0.1\", \"port\": 6000, \"fanout\": 0"), Severity.Error,
            "$.groups.g.fanout", "at least 1" },
        { Group("\"count\": 5, \"ip\": \"127.1.0.1\", \"port\": 6000, \"cuont\": 0"), Severity.Warning,
            "$.groups.g.cuont", "did you mean \"count\"?" },
        { "{ \"peers\": { \"6001\": " + Address(5000) + " }, \"groups\": { \"g\": { \"count\": 5, \"ip\": \"127.1.0.1\", \"port\": 6000 } } }", Severity.Error, "$.groups.g", "id \"6001\" is used by $.peers['6001']" },
        { "{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"knows\": [\"6000\"] } }, \"groups\": { \"g\": { \"count\": 5, \"ip\": \"x\", \"port\": 6000 } } }", Severity.Error, "$.groups.g.ip", "IPv4" },
    };

    private static string A => "\"a\": " + Address(5000, "127.0.0.9");

    [Theory]
    [MemberData(nameof(Faults))]
    public void Parse_OneFault_IsTheOnlyProblem(string text, Severity severity, string path, string gist)
    {
        var result = PeersFile.Parse(text);

        var problem = Assert.Single(result.Problems);
        Assert.Equal((severity, path), (problem.Severity, problem.Path));
        Assert.Contains(gist, problem.Message, StringComparison.Ordinal);
        Assert.Equal(severity == Severity.Error, result.Plan is null);
    }

    [Fact]
    public void Parse_ManyFaults_AreReportedAtOnce()
    {
        var result = PeersFile.Parse("""
            {
              "defaults": { "dropProbability": 1.5 },
              "peers": {
                "5001": { "ip": "here", "port": 5001, "nat": true },
                "5002": { "ip": "127.0.0.2", "port": 5001, "fanuot": 3, "knows": ["5003", "5001"] }
              }
            }
            """);

        Assert.Null(result.Plan);
        Assert.Equal(
            [
                "$.defaults.dropProbability",
                "$.peers['5001'].ip",
                "$.peers['5001'].localnetworkid",
                "$.peers['5002'].port",
                "$.peers['5002'].knows[0]",
            ],
            result.Errors.Select(problem => problem.Path));
        Assert.Equal("$.peers['5002'].fanuot", Assert.Single(result.Warnings).Path);
    }

    [Fact]
    public void Parse_BytesThatAreNotUtf8_IsOneProblem()
    {
        var text = Encoding.Latin1.GetBytes("{ \"peers\": { \"é\": {} } }");

        Assert.Contains("UTF-8", Assert.Single(PeersFile.Parse(text).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ShippedFileCutAnywhere_ReportsInsteadOfThrowing()
    {
        var text = Encoding.UTF8.GetBytes(Resources.Shipped.TrimEnd());
        for (var length = 0; length < text.Length; length++)
        {
            Assert.Null(PeersFile.Parse(text.AsSpan(0, length)).Plan);
        }
    }

    private static string Address(int port, string ip = "127.0.0.8") => $"{{ \"ip\": \"{ip}\", \"port\": {port} }}";

    private static string File(string section) => $"{{ \"peers\": {{ {A} }}, {section} }}";

    private static string Peers(string entry) => $"{{ \"peers\": {{ {A}, {entry} }} }}";

    private static string Regions(string regions) => File($"\"regions\": {regions}");

    private static string Links(string links) => Outside("{ \"latency\": { \"eu\": { \"eu\": 1 } } }", links, "eu");

    private static string Outside(string regions, string links, string region) =>
        $$"""
        {
          "regions": {{regions}},
          "links": {{links}},
          "peers": { "a": { "ip": "127.0.0.9", "port": 5000, "region": "{{region}}" }, "b": { "ip": "127.0.0.8", "port": 5001 } }
        }
        """;

    private static string Entry(string fields) =>
        $"{{ \"peers\": {{ \"a\": {{ \"ip\": \"127.0.0.9\", \"port\": 5000, {fields} }} }} }}";

    private static string Default(string fields) => File($"\"defaults\": {{ {fields} }}");

    private static string Group(string fields) => File($"\"groups\": {{ \"g\": {{ {fields} }} }}");
}
