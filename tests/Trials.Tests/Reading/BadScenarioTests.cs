using System.Text;
using Blockchain.Trials.Reading;
using CsCheck;

namespace Blockchain.Trials.Tests.Reading;

/// <summary>What is wrong with a file is all said at once, each with its path, and nothing is ever thrown.</summary>
public sealed class BadScenarioTests
{
    private const string Two = """
        "network": { "peers": { "a": { "ip": "127.0.0.2", "port": 5000 }, "b": { "ip": "127.0.0.3", "port": 5001 } } }
        """;

    private const string Same = """{ "expect": { "sameChain": "all" } }""";

    /// <summary>Whole files, and the beginning of each line that they get.</summary>
    public static TheoryData<string, string[]> Files => new()
    {
        { "", ["$: is not JSON: line 1"] },
        { "{ \"network\": ", ["$: is not JSON"] },
        { "[]", ["$: expected a scenario"] },
        { "{}", ["$.steps: is missing", "$.network: is missing"] },
        { "{ \"steps\": {}, \"network\": 5 }", ["$.steps: expected a list of steps", "$.network: expected the path"] },
        { $"{{ {Two}, \"steps\": [] }}", ["$.steps: is empty"] },
        { $"{{ {Two}, \"step\": [], \"steps\": [{Same}] }}", ["$.step: is not known here; did you mean \"steps\"?"] },
        { $"{{ {Two}, \"seed\": -1, \"steps\": [{Same}] }}", ["$.seed: expected a seed"] },
        { $"{{ {Two}, \"about\": [], \"steps\": [{Same}] }}", ["$.about: expected a sentence"] },
        { $"{{ {Two}, \"hosts\": \"local\", \"steps\": [{Same}] }}", ["$.hosts: expected a list of names"] },
        { $"{{ {Two}, \"hosts\": [\"lokal\", 1], \"steps\": [{Same}] }}",
            ["$.hosts[0]: is not known here; did you mean \"local\"?", "$.hosts[1]: expected a name"] },
        { $"{{ {Two}, {Two}, \"steps\": [{Same}] }}", ["$.network: is here twice"] },
        { $"{{ \"network\": \"none.json\", \"steps\": [{Same}] }}", ["$.network: there is no file \"none.json\""] },
        { $"{{ \"network\": {{ \"file\": 5 }}, \"steps\": [{Same}] }}", ["$.network.file: there is no file \"5\""] },
        { $"{{ \"network\": {{ \"peers\": {{ \"a\": {{ \"ip\": \"here\" }} }} }}, \"steps\": [{Same}] }}",
            ["$.network: $.peers.a.ip: expected", "$.network: $.peers.a.port: is missing"] },
        { $"{{ \"network\": {{ \"generate\": {{ \"degree\": 0, \"pears\": 5 }} }}, \"steps\": [{Same}] }}",
            ["$.network.generate.degree: expected", "$.network.generate.pears: is not known here; did you mean"] },
        { $"{{ \"network\": {{ \"generate\": {{}} }}, \"steps\": [{Same}] }}",
            ["$.network.generate.peers: is missing"] },
        { $"{{ \"network\": {{ \"generate\": {{ \"peers\": 1 }} }}, \"steps\": [{Same}] }}",
            ["$.network.generate.peers: expected"] },
    };

    /// <summary>Steps before a right one, and the beginning of each line that they get.</summary>
    public static TheoryData<string, string[]> Steps => new()
    {
        { "5", ["$.steps[0]: expected a step"] },
        { "{}", ["$.steps[0]: has neither \"do\" nor \"expect\""] },
        { """{ "do": "heal", "expect": { "sameChain": "all" } }""", ["$.steps[0]: does something and expects"] },
        { """{ "do": "heel" }""", ["$.steps[0].do: there is no verb \"heel\"; did you mean \"heal\"?"] },
        { """{ "do": [] }""", ["$.steps[0].do: expected a verb"] },
        { """{ "do": "heal", "do": "heal" }""", ["$.steps[0].do: is here twice"] },
        { """{ "expect": { "answers": "a" }, "within": "3s", "timedFrom": "x" }""",
            ["$.steps[0].timedFrom: no step above is called \"x\""] },
        { """{ "expect": { "answers": "a" }, "timedFrom": 5 }""", ["$.steps[0].timedFrom: says from when"] },
        { """{ "do": "heal", "timedFrom": "x" }""",
            ["$.steps[0].timedFrom: says from when", "$.steps[0].timedFrom: is not known here"] },
        { """{ "do": "mine" }""", ["$.steps[0].do: \"mine\" needs \"peers\""] },
        { """{ "do": "load", "count": 5 }""",
            ["$.steps[0].count: is not known here", "$.steps[0].do: \"load\" needs \"peers\"",
                "$.steps[0].do: \"load\" needs \"tx\""] },
        { """{ "do": "mine", "peers": "c" }""", ["$.steps[0]: there is no peer \"c\""] },
        { """{ "do": "cut-off", "group": 7 }""", ["$.steps[0]: there is no group 7"] },
        { """{ "do": "send", "peers": "a", "to": "all" }""", ["$.steps[0].do: A transaction goes to one peer"] },
        { """{ "do": "send", "peers": "a", "to": "c" }""", ["$.steps[0]: there is no peer \"c\""] },
        { """{ "do": "kill", "peers": "120%", "for": "soon" }""",
            ["$.steps[0].peers: \"120%\" is not a share", "$.steps[0].for: \"soon\" is not a time"] },
        { """{ "do": "kill", "peers": "a", "for": 0 }""", ["$.steps[0].for: \"0\" is not a time above 0"] },
        { """{ "do": "load", "peers": "a", "tx": 20000 }""", ["$.steps[0].tx: 20000 is too much"] },
        { """{ "do": "conditions", "peers": "a", "loss": 2, "burst": 0, "latency": "2s-1s" }""",
            ["$.steps[0].loss: \"2\" is not a share", "$.steps[0].burst: \"0\" is not a burst",
                "$.steps[0].latency: \"2s-1s\" is not a range"] },
        { """{ "do": "partition", "peers": "a", "direction": "up" }""",
            ["$.steps[0].direction: \"up\" is not a direction"] },
        { """{ "do": "malicious", "peers": "a", "behaviour": "lzay" }""",
            ["$.steps[0].behaviour: there is no behaviour \"lzay\""] },
        { """{ "do": "generate", "peers": "a", "value": "maybe" }""",
            ["$.steps[0].value: \"maybe\" is neither true nor false"] },
        { """{ "do": "mine", "peers": "a", "as": "a name" }""", ["$.steps[0].as: \"a name\" is not a name"] },
        { """{ "do": "heal", "as": "x" }, { "do": "heal", "as": "x" }""",
            ["$.steps[1].as: another step is called \"x\""] },
        { """{ "at": "9s", "do": "heal" }, { "at": "8s", "do": "heal" }""",
            ["$.steps[1].at: is before a step that stands above"] },
        { """{ "at": "soon", "after": [], "do": "heal" }""",
            ["$.steps[0].at: expected", "$.steps[0].after: expected"] },
        { """{ "do": "heal", "within": "5s" }""", ["$.steps[0].within: says how long to wait for \"once\""] },
        { """{ "once": { "sameChain": "all" }, "do": "heal" }""", ["$.steps[0].once: needs \"within\""] },
        { """{ "expect": { "sameChain": "all" }, "peers": "a" }""", ["$.steps[0].peers: is not known here"] },
        { """{ "expect": 5 }""", ["$.steps[0].expect: expected an object"] },
        { """{ "expect": { "sameChian": "all" } }""",
            ["$.steps[0].expect: says nothing that is expected; did you mean \"sameChain\"?"] },
        { """{ "expect": { "sameChain": "all", "answers": "all" } }""",
            ["$.steps[0].expect: expects several things: sameChain, answers"] },
        { """{ "expect": { "sameChain": "20%" } }""", ["$.steps[0].expect.sameChain: a share of the peers is drawn"] },
        { """{ "expect": { "sameChain": "c" } }""", ["$.steps[0]: there is no peer \"c\""] },
        { """{ "expect": { "banned": "c" } }""", ["$.steps[0]: there is no peer \"c\""] },
        { """{ "expect": { "hears": "c" } }""", ["$.steps[0]: there is no peer \"c\""] },
        { """{ "expect": { "height": "all" } }""", ["$.steps[0].expect.height: a number is missing"] },
        { """{ "expect": { "height": "all", "atLeast": 3, "atMost": 2 } }""",
            ["$.steps[0].expect.height: \"atLeast\" is more than \"atMost\""] },
        { """{ "expect": { "height": "all", "atLeast": "much", "off": 1 } }""",
            ["$.steps[0].expect.atLeast: \"much\" is neither", "$.steps[0].expect.off: is not known here"] },
        { """{ "expect": { "everywhere": "block" } }""",
            ["$.steps[0].expect: no step above is called \"block\""] },
        { """{ "expect": { "copies": "all", "atMost": 4, "since": "later" } }, { "do": "heal", "as": "later" }""",
            ["$.steps[0].expect: no step above is called \"later\""] },
        { """{ "expect": { "seen": "chain-reorganized" } }""",
            ["$.steps[0].expect.seen: there is no kind of event \"chain-reorganized\"; did you mean"] },
        { """{ "expect": { "neverSeen": "block-made", "with": { "makr": "a" } } }""",
            ["$.steps[0].expect.neverSeen: an event block-made has no \"makr\""] },
        { """{ "expect": { "seen": "block-made", "with": 5 } }""", ["$.steps[0].expect.with: expected an object"] },
        { """{ "expect": { "metric": "blockchain.chain.hieght", "atLeast": 1 } }""",
            ["$.steps[0].expect.metric: there is no metric \"blockchain.chain.hieght\"; did you mean"] },
        { """{ "expect": { "metric": "blockchain.chain.height", "atLeast": 1, "type": "INV" } }""",
            ["$.steps[0].expect.metric: blockchain.chain.height has no \"type\""] },
        { """{ "expect": { "metric": "blockchain.chain.height", "atLeast": 1, "percentile": 50 } }""",
            ["$.steps[0].expect.metric: blockchain.chain.height is one number"] },
        { """{ "expect": { "metric": "blockchain.chain.height", "atLeast": 1, "since": "5s" } }""",
            ["$.steps[0].expect.metric: blockchain.chain.height cannot be told since"] },
        { """{ "expect": { "metric": "blockchain.messages.sent", "atMost": 1, "type": "INVV" } }""",
            ["$.steps[0].expect.type: \"INVV\" is none of"] },
        { """{ "expect": { "drops": "Los", "atMost": 1 } }""",
            ["$.steps[0].expect.drops: there is no drop reason \"Los\"; did you mean \"Loss\"?"] },
        { """{ "expect": { "reached": "many", "atMost": "5s", "percentile": 101 } }""",
            ["$.steps[0].expect.percentile: \"101\" is not a percentile"] },
        { """{ "expect": { "reached": "many", "atMost": "5s" } }""",
            ["$.steps[0].expect.reached: \"many\" is not a share"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Parse_WrongFile_SaysAllThatIsWrong(string text, string[] lines) => Check(text, lines);

    [Theory]
    [MemberData(nameof(Steps))]
    public void Parse_WrongStep_SaysAllThatIsWrong(string steps, string[] lines) =>
        Check($"{{ {Two}, \"steps\": [ {steps}, {Same} ] }}", lines);

    [Fact]
    public void Parse_NothingExpected_IsAnError() => Check(
        $$"""{ {{Two}}, "steps": [ { "do": "heal" } ] }""", ["$.steps[0]: is the last step, and nothing was expected"]);

    [Fact]
    public void Parse_ErrorsEverywhere_AreAllSaidAtOnce()
    {
        const string Text = """
            {
              "seed": "x", "hosts": ["moon"],
              "network": { "peers": { "a": { "ip": "x", "port": 0 } } },
              "steps": [ { "do": "fly" }, { "expect": { "tall": "a" } }, { "at": "never", "do": "heal" } ]
            }
            """;
        var paths = Problems(Text).Select(line => line.Split(':')[0]).Distinct();
        Assert.Equal(
            ["$.hosts[0]", "$.network", "$.seed", "$.steps[0].do", "$.steps[1].expect", "$.steps[2].at"],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_NoSuchFile_IsAProblemLikeAnyOther()
    {
        var problem = Assert.Single(
            ScenarioFile.Load("none.json", path => throw new FileNotFoundException(path)).Problems);
        Assert.Equal("error: none.json: there is no such file.", problem.ToString());
    }

    /// <summary>A piece of a shipped file is cut out, doubled, or put in another place.</summary>
    [Fact]
    public void Parse_DamagedShippedFile_NeverThrowsAndIsReadOrRefused()
    {
        var texts = Shipped.Names.Select(Shipped.Text).ToArray();
        Gen.Select(Gen.Int[0, texts.Length - 1], Gen.Double[0, 1], Gen.Int[0, 60], Gen.Double[0, 1], Gen.Int[0, 2])
            .Sample(
                (which, from, length, to, how) =>
                {
                    var text = texts[which];
                    var start = (int)(from * (text.Length - 61));
                    var piece = text.Substring(start, length);
                    var left = how == 0 ? text.Remove(start, length) : text;
                    var damaged = how == 1 ? left : left.Insert((int)(to * left.Length), piece);
                    var result = Parse(damaged);
                    Assert.NotEqual(result.Scenario is null, result.Problems.Count == 0);
                },
                iter: 3_000);
    }

    [Fact]
    public void Parse_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(
        bytes => Assert.Null(ScenarioFile.Parse(bytes, "any", Shipped.Network).Scenario), iter: 2_000);

    private static ScenarioResult Parse(string text) =>
        ScenarioFile.Parse(Encoding.UTF8.GetBytes(text), "test", Shipped.Network);

    private static string[] Problems(string text)
    {
        var result = Parse(text);
        Assert.Null(result.Scenario);
        return [.. result.Problems.Select(problem => $"{problem.Path}: {problem.Message}")];
    }

    private static void Check(string text, string[] lines)
    {
        var problems = Problems(text);
        Assert.True(
            problems.Length == lines.Length && lines.All(
                line => problems.Any(problem => problem.StartsWith(line, StringComparison.Ordinal))),
            $"expected\n{string.Join('\n', lines)}\nbut there is\n{string.Join('\n', problems)}");
    }
}
