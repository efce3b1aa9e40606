using System.Text;
using System.Text.RegularExpressions;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

public sealed class FieldNamesTests
{
    // As the wire spells them: the enum's name, words joined by '_'; some fields have no '_' there.
    private static readonly Dictionary<Field, string> Names = Enum.GetValues<Field>()
        .Where(field => field != Field.Unknown)
        .ToDictionary(field => field, field => field switch
        {
            Field.LocalNetworkId => "localnetworkid",
            Field.TraceParent => "traceparent",
            Field.TraceState => "tracestate",
            _ => Regex.Replace($"{field}", "(?<=.)([A-Z])", "_$1").ToLowerInvariant(),
        });

    [Fact]
    public void Parse_EachName_IsItsField() => Assert.All(
        Names, pair => Assert.Equal(pair.Key, FieldNames.Parse(Encoding.ASCII.GetBytes(pair.Value))));

    [Fact]
    public void ParseEscaped_EachNameInEscapes_IsItsField() => Assert.All(
        Names,
        pair => Assert.Equal(pair.Key, FieldNames.ParseEscaped(
            Encoding.ASCII.GetBytes(string.Concat(pair.Value.Select(c => $"\\u{(int)c:x4}"))))));

    [Fact]
    public void Parse_NameThatIsNotOurs_IsUnknown() => Assert.All(
        Names.Values,
        name => Assert.Equal(Field.Unknown, FieldNames.Parse(Encoding.ASCII.GetBytes(name[..^1] + 'x'))));

    [Fact]
    public void Field_Order_IsThatOfCanonicalJson() =>
        Assert.Equal(Names.Values.Order(StringComparer.Ordinal), Names.Values);
}
