using System.Text;
using System.Text.Json;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;
using NJsonSchema;

namespace Blockchain.Trials.Tests.Reading;

public sealed class ScenarioSchemaTests
{
    private static readonly string Text = Encoding.UTF8.GetString(Shipped.Resource("scenario.schema.json"));
    private static readonly Task<JsonSchema> Schema = JsonSchema.FromJsonAsync(Text);
    private static readonly JsonElement Definitions = JsonElement.Parse(Text).GetProperty("definitions");
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip };

    public static TheoryData<string> Names => [.. Shipped.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Schema_ShippedScenario_IsValid(string name)
    {
        using var json = JsonDocument.Parse(Shipped.Bytes(name), Lenient);
        Assert.Empty((await Schema).Validate(JsonSerializer.Serialize(json.RootElement)));
    }

    [Theory]
    [InlineData("""{ "do": "fly" }""")]
    [InlineData("""{ "do": "mine" }""")]
    [InlineData("""{ "do": "heal", "peers": "all" }""")]
    [InlineData("""{ "expect": { "sameChain": "all", "answers": "all" } }""")]
    [InlineData("""{ "expect": { "height": "all" } }""")]
    [InlineData("""{ "expect": { "tall": "all" } }""")]
    public async Task Schema_WrongStep_IsInvalid(string step) => Assert.NotEmpty(
        (await Schema).Validate($$"""{ "network": "a", "steps": [ {{step}} ] }"""));

    [Fact]
    public void Schema_Verbs_AreThoseOfTheReader() => Assert.Equal(
        ActKind.All.Select(kind => Line(kind.Name, kind.Arguments.Except(["as"]))).Order(),
        Lines("do.", "do", "at", "after", "within", "as", "note", "once"));

    [Fact]
    public void Schema_RequiredArguments_AreThoseOfTheReader() => Assert.All(ActKind.All, kind => Assert.Equal(
        kind.Required.Prepend("do"),
        Definitions.GetProperty($"do.{kind.Name}").GetProperty("required").EnumerateArray()
            .Select(name => name.GetString()!)));

    [Fact]
    public void Schema_Expectations_AreThoseOfTheReader() => Assert.Equal(
        ExpectationKind.All.Select(kind => Line(kind.Name, kind.Arguments.Append(kind.Name))).Order(),
        Lines("expect."));

    private static IEnumerable<string> Lines(string prefix, params string[] common) => Definitions.EnumerateObject()
        .Where(definition => definition.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(definition => Line(
            definition.Name[prefix.Length..],
            definition.Value.GetProperty("properties").EnumerateObject().Select(one => one.Name).Except(common)))
        .Order();

    private static string Line(string name, IEnumerable<string> arguments) =>
        $"{name}: {string.Join(' ', arguments.Order(StringComparer.Ordinal))}";
}
