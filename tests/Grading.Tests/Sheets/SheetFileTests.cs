using System.Text;
using Blockchain.Grading.Sheets;
using NJsonSchema;

namespace Blockchain.Grading.Tests.Sheets;

public sealed class SheetFileTests
{
    private const string Scenario = """
        {
          "network": { "peers": { "5000": { "ip": "127.0.0.2", "port": 5000 }, "6000": { "ip": "127.0.0.3", "port": 6000 } } },
          "steps": [ { "expect": { "hears": "all" }, "within": "30s" } ]
        }
        """;

    private const string Good = """
        {
          // A word for the reader.
          "about": "Exercise 4",
          "rules": [ { "rules": ["W28", "W29"], "weight": 1.5, "mandatory": true, "name": "Handshake" } ],
          "scenarios": [ { "file": "s/gossip.json", "as": ["6000"], "seeds": 20, "weight": 3, "hidden": true } ],
          "limits": { "turn": "2s", "memory": "256MiB", "cpu": "30s", "output": "1GiB", "time": 60, "processes": 50 },
        }
        """;

    private static readonly Task<JsonSchema> Schema = JsonSchema.FromJsonAsync(Shipped.Schema());

    [Fact]
    public void Sheet_OfAllKeys_IsRead()
    {
        var sheet = Read(Good).Sheet!;
        Assert.Equal("Exercise 4", sheet.About);
        Assert.Equal(4.5, sheet.MaxScore);
        var rules = Assert.IsType<RuleCheck>(sheet.Checks[0]);
        Assert.Equal(("Handshake", true), (rules.Name, rules.IsMandatory));
        Assert.Equal(["W28", "W29"], rules.Rules);
        var scenario = Assert.IsType<ScenarioCheck>(sheet.Checks[1]);
        Assert.Equal(("gossip", 20), (scenario.Name, scenario.Seeds));
        Assert.Equal((true, false), (scenario.IsHidden, scenario.IsMandatory));
        Assert.Equal(Path.Combine("folder", "s/gossip.json"), scenario.File);
        Assert.Equal(256L << 20, sheet.Limits.Memory);
        Assert.Equal(1L << 30, sheet.Limits.Output);
        Assert.Equal(
            (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), 50),
            (sheet.Limits.Turn, sheet.Limits.Cpu, sheet.Limits.Time!.Value, sheet.Limits.Processes));
    }

    [Theory]
    [InlineData("""{}""", "$: asks for nothing")]
    [InlineData("""[]""", "$: expected a sheet")]
    [InlineData("""{ "ruels": [] }""", "$.ruels: is unknown; did you mean \"rules\"?")]
    [InlineData("""{ "rules": [ { "rules": ["W1", "W999"] } ] }""", "$.rules[0].rules[1]: there is no rule \"W999\"")]
    [InlineData("""{ "rules": [ { "weight": 1 } ] }""", "$.rules[0].rules: is missing")]
    [InlineData("""{ "rules": [ { "rules": ["W1"], "weight": -1 } ] }""", "$.rules[0].weight: expected a number")]
    [InlineData("""{ "rules": [ { "rules": ["W1"] }, { "rules": ["W1"] } ] }""", "two checks called \"Rules W1\"")]
    [InlineData("""{ "scenarios": [ { "as": ["6000"] } ] }""", "$.scenarios[0].file: is missing")]
    [InlineData("""{ "scenarios": [ { "file": "s/gossip.json" } ] }""", "$.scenarios[0].as: is missing")]
    [InlineData("""{ "scenarios": [ { "file": "no.json", "as": ["6000"] } ] }""", "there is no such file")]
    [InlineData(
        """{ "scenarios": [ { "file": "s/gossip.json", "as": ["6001"] } ] }""",
        "$.scenarios[0].as[0]: the network of folder/s/gossip.json has no peer \"6001\"")]
    [InlineData("""{ "scenarios": [ { "file": "bad.json", "as": ["6000"] } ] }""", "folder/bad.json: $.steps")]
    [InlineData("""{ "scenarios": [ { "file": "s/gossip.json", "as": ["6000"], "seeds": 0 } ] }""", ".seeds: expected")]
    [InlineData("""{ "limits": { "memory": "much" } }""", "$.limits.memory: expected a size")]
    [InlineData("""{ "limits": { "memory": "0MiB" } }""", "$.limits.memory: expected a size")]
    [InlineData("""{ "limits": { "trun": "5s" } }""", "$.limits.trun: is unknown; did you mean \"turn\"?")]
    public void Mistake_InASheet_IsToldWithItsPlace(string sheet, string problem)
    {
        var result = Read(sheet);
        Assert.Null(result.Sheet);
        Assert.Contains(problem, string.Join('\n', result.Problems));
    }

    [Fact]
    public void Mistakes_InASheet_AreToldAllAtOnce() => Assert.Equal(3, Read("""
        { "abuot": "", "rules": [ { "rules": ["X"] } ], "limits": { "turn": "long" } }
        """).Problems.Count);

    [Fact]
    public async Task Schema_GoodSheet_IsValid()
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            Good, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true });
        Assert.Empty((await Schema).Validate(System.Text.Json.JsonSerializer.Serialize(json.RootElement)));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "ruels": [] }""")]
    [InlineData("""{ "rules": [ { "rules": ["X"] } ] }""")]
    [InlineData("""{ "rules": [ { "rules": [] } ] }""")]
    [InlineData("""{ "scenarios": [ { "file": "a" } ] }""")]
    [InlineData("""{ "scenarios": [ { "file": "a", "as": ["1"], "seeds": 0 } ] }""")]
    [InlineData("""{ "rules": [ { "rules": ["W1"] } ], "limits": { "memory": "much" } }""")]
    public async Task Schema_WrongSheet_IsInvalid(string sheet) => Assert.NotEmpty((await Schema).Validate(sheet));

    private static SheetResult Read(string text) => SheetFile.Parse(
        Encoding.UTF8.GetBytes(text),
        "folder",
        path => path == Path.Combine("folder", "s/gossip.json") ? Encoding.UTF8.GetBytes(Scenario)
            : path == Path.Combine("folder", "bad.json") ? """{ "network": { "peers": {} }, "steps": [] }"""u8.ToArray()
            : throw new FileNotFoundException());
}
