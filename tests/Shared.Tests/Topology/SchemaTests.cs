using System.Text.Json;
using Blockchain.Shared.Topology;
using NJsonSchema;

namespace Blockchain.Shared.Tests.Topology;

public sealed class SchemaTests
{
    private static readonly Task<JsonSchema> Schema = JsonSchema.FromJsonAsync(Resources.Schema);

    private static readonly JsonElement Definitions = JsonElement.Parse(Resources.Schema).GetProperty("definitions");

    public static TheoryData<string> KnobNames { get; } = [.. Knobs.All.Select(knob => knob.Name)];

    [Fact]
    public async Task Schema_ShippedAndCourseFile_AreValid()
    {
        var schema = await Schema;

        Assert.Empty(schema.Validate(Resources.Shipped));
        Assert.Empty(schema.Validate(Resources.Course));
    }

    [Fact]
    public async Task Schema_GroupsAndEveryField_AreValid()
    {
        var text = """
            {
              "restart": "always",
              "data": "kept/here",
              "groups": {
                "g": { "count": 3, "idPrefix": "g-", "ip": "127.1.0.1", "port": 6000, "nat": true, "light": false,
                       "localnetworkid": 2, "malicious": false, "knows": ["g-1"], "start": "auto", "fanout": 2 }
              },
              "regions": { "latency": { "eu": { "eu": "10ms", "us": ["40ms", "90ms"] }, "us": { "us": 0.02 } },
                           "latencyShape": "log-normal", "bandwidth": { "eu": { "us": "20Mbit/s" } } },
              "links": [{ "from": "a", "to": "g-1", "latency": "300ms", "latencyShape": "pareto", "loss": 0.1,
                          "lossBurst": 5, "bandwidth": 1000000 }],
              "peers": { "a": { "ip": "127.0.0.9", "port": 5000, "localnetworkid": 2, "region": "eu" } }
            }
            """;

        Assert.Empty((await Schema).Validate(text));
        PeersFileTests.Parsed(text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"peers\": [] }")]
    [InlineData("{ \"restart\": true, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"data\": \"\", \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"data\": 5, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\" } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"port\": 5000 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.09\", \"port\": 5000 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.256\", \"port\": 5000 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 0 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 63536 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"nat\": \"yes\" } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"start\": \"later\" } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"knows\": [1] } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"localnetworkid\": -2 } } }")]
    [InlineData("{ \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"count\": 2 } } }")]
    [InlineData("{ \"groups\": { \"g\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"identity\": \"open\", \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"work\": 33, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"keys\": { \"a\": \"AB\" }, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"groups\": { \"g\": { \"ip\": \"127.0.0.9\", \"port\": 5000, \"count\": 10001 } } }")]
    [InlineData("{ \"regions\": {}, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"regions\": { \"latency\": { \"eu\": 5 } }, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"links\": {}, \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    [InlineData("{ \"links\": [{ \"from\": \"a\" }], \"peers\": { \"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 } } }")]
    public async Task Schema_WrongFile_IsInvalidAsForTheReader(string text)
    {
        Assert.NotEmpty((await Schema).Validate(text));
        Assert.NotEmpty(PeersFile.Parse(text).Problems);
    }

    [Theory]
    [MemberData(nameof(KnobNames))]
    public async Task Schema_Knob_TakesWhatTheReaderTakes(string name)
    {
        var schema = await Schema;
        foreach (var value in Samples.Values)
        {
            // With a latency that has any shape.
            var text =
                $"{{ \"defaults\": {{ \"latency\": \"20ms\" }}, \"peers\": {{ \"a\": {{ \"ip\": \"127.0.0.9\", \"port\": 5000, \"{name}\": {value} }} }} }}";
            var read = PeersFile.Parse(text).Plan is not null;
            var valid = schema.Validate(text).Count == 0;
            Assert.True(read == valid,
                $"{name}: {value} is {(read ? "read" : "refused")} but {(valid ? "valid" : "invalid")}");
        }
    }

    [Theory]
    [MemberData(nameof(KnobNames))]
    public void Schema_Knob_HasTheDefaultOfTheSettings(string name)
    {
        var knob = Knobs.All.Single(knob => knob.Name == name);
        var place = Samples.Place(
            Definitions.GetProperty("field." + name).GetProperty("default").GetRawText(), out var problems);

        // Read over settings that differ everywhere, so that a default which is not read is noticed.
        var read = knob.Read(place, Other);

        Assert.False(problems.HasErrors);
        Assert.False(knob.IsSame(Other, PeerSettings.Default));
        Assert.True(knob.IsSame(read, PeerSettings.Default));
    }

    [Fact]
    public void Schema_Fields_AreThoseOfTheReaderAndDescribed()
    {
        var defaults = JsonElement.Parse(Resources.Schema).GetProperty("properties").GetProperty("defaults");

        Assert.Equal(PeerFields.OfDefaults.Keys.Order(), Names(defaults));
        Assert.Equal(PeerFields.OfPeer.Keys.Order(), Names(Definitions.GetProperty("peer")));
        Assert.Equal(PeerFields.OfGroup.Keys.Order(), Names(Definitions.GetProperty("group")));
        Assert.All(
            PeerFields.OfGroup.Keys,
            name => Assert.NotEqual(
                "", Definitions.GetProperty("field." + name).GetProperty("description").GetString()));
    }

    [Fact]
    public void Knobs_EveryPropertyOfTheSettings_HasOne() =>
        Assert.Equal(
            typeof(PeerSettings).GetProperties().Where(property => property.CanWrite)
                .Select(
                    property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            Knobs.All.Select(knob => knob.Name).Order(StringComparer.Ordinal));

    private static readonly PeerSettings Other = Knobs.All.Aggregate(PeerSettings.Default, (settings, knob) =>
        Samples.Values.Select(value => knob.Read(Samples.Place(value, out _), settings))
            .First(changed => !knob.IsSame(changed, settings)));

    private static IEnumerable<string> Names(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
}
