using System.Text;
using System.Text.Json;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Tests.Spreading;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

/// <summary>All of <c>docs/wire-relay.json</c>, which another implementation has written.</summary>
public sealed class WireRelayTests
{
    private static readonly JsonElement[] Vectors =
    [
        .. JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wire-relay.json")))
            .EnumerateArray(),
    ];

    [Fact]
    public void Compact_WithThePool_IsRebuiltIfItCanBe() => Assert.All(Of("CMPCTBLOCK"), vector =>
    {
        var compact = Read<CompactBlock>(vector.GetProperty("line").GetString()!);
        var known = vector.GetProperty("pool").EnumerateArray().Select(line => Read<Transaction>(line.GetString()!));
        var partial = new PartialBlock(
            compact, RuleBench.Of("compact", Make.Infos(1)).Remote("p00"), [.. known]);
        Assert.Empty(partial.Missing);
        Assert.Equal(vector.GetProperty("id").GetString(), compact.Header.Id.ToString());
        Assert.Equal(
            vector.GetProperty("rebuilt").GetBoolean() ? compact.Header.Id : null, partial.Build()?.Id);
    });

    [Fact]
    public void SketchIds_AreThoseOfTheVectors() => Assert.All(Of("short ids of REQRECON"), vector =>
    {
        var ids = new SketchIds(Number(vector.GetProperty("nonce").GetString()!));
        var wanted = Numbers(vector.GetProperty("short_ids"));
        Assert.Equal(wanted, vector.GetProperty("tx_ids").EnumerateArray().Select(id =>
        {
            Assert.True(Hash256.TryParse(id.GetString(), out var hash));
            return ids.Of(hash);
        }));
    });

    [Fact]
    public void Sketch_AddedToThatOfItsOwnSet_GivesTheDifference() => Assert.All(Of("SKETCH"), vector =>
    {
        var sketch = new PinSketch(Read<Sketch>(vector.GetProperty("line").GetString()!).Sums);
        var own = new PinSketch(sketch.Capacity);
        foreach (var number in Numbers(vector.GetProperty("own")))
        {
            own.Toggle(number);
        }

        sketch.Add(own);
        var expected = vector.GetProperty("different");
        Assert.Equal(
            expected.ValueKind == JsonValueKind.Null ? null : Numbers(expected), sketch.Read()?.Order().ToArray());
    });

    private static uint[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(text => (uint)Number(text.GetString()!))];

    private static ulong Number(string hex) =>
        ulong.Parse(
            hex, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    private static T Read<T>(string line)
        where T : Message
    {
        MessageCodec.Read(Encoding.UTF8.GetBytes(line), out var message, out _);
        return Assert.IsType<T>(message);
    }

    private static List<JsonElement> Of(string kind)
    {
        var found = Vectors.Where(vector => vector.GetProperty("kind").GetString() == kind).ToList();
        Assert.NotEmpty(found);
        return found;
    }
}
