#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Text;
using System.Text.Json;
using Blockchain.Events;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Events;

public sealed class EventJsonTests
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static TheoryData<string> Kinds => [.. Events.OneOfEach.Select(EventJson.KindOf)];

    public static TheoryData<string, string> BadLines => new()
    {
        { "nothing", "" },
        { "white space", " \n" },
        { "null", "null" },
        { "an array", "[]" },
        { "a text", "\"tip-changed\"" },
        { "an unfinished object", """{"kind":"peer-down","t":1,"peer":"5" """ },
        { "an unfinished object of an unknown kind", """{"kind":"weather","t":1,"peer":""" },
        { "something after it", """{"kind":"peer-down","t":1,"peer":"5"} {}""" },
        { "something after an unknown kind", """{"kind":"weather"} x""" },
        { "no kind", """{"t":1,"peer":"5"}""" },
        { "nothing in it", "{}" },
        { "a kind that is a number", """{"kind":5,"t":1,"peer":"5"}""" },
        { "a kind that is null", """{"kind":null,"t":1,"peer":"5"}""" },
        { "a kind with half a surrogate pair", """{"kind":"\ud800","t":1,"peer":"5"}""" },
        { "a member with half a surrogate pair", """{"\ud800":1,"kind":"peer-down","t":1,"peer":"5"}""" },
        { "two kinds", """{"kind":"peer-down","kind":"peer-up","t":1,"peer":"5"}""" },
        { "no time", """{"kind":"peer-down","peer":"5"}""" },
        { "no peer", """{"kind":"peer-down","t":1}""" },
        { "a peer that is null", """{"kind":"peer-down","t":1,"peer":null}""" },
        { "a peer that is a number", """{"kind":"peer-down","t":1,"peer":5000}""" },
        { "a peer with half a surrogate pair", """{"kind":"peer-down","t":1,"peer":"\udc00"}""" },
        { "a peer with a long name", $$"""{"kind":"peer-down","t":1,"peer":"{{new string('x', 255)}}"}""" },
        { "a time below zero", """{"kind":"peer-down","t":-1,"peer":"5"}""" },
        { "a time beyond the calendar", """{"kind":"peer-down","t":253402300801,"peer":"5"}""" },
        { "a time beyond a decimal", """{"kind":"peer-down","t":1e300,"peer":"5"}""" },
        { "a time that is a text", """{"kind":"peer-down","t":"1","peer":"5"}""" },
        { "an id that is too short", """{"kind":"tip-changed","t":1,"peer":"5","block":"abc","height":1}""" },
        { "an id in capitals", $$"""{"kind":"tip-changed","t":1,"peer":"5","block":"{{Hash.ToUpperInvariant()}}","height":1}""" },
        { "an id that is a number", """{"kind":"tip-changed","t":1,"peer":"5","block":7,"height":1}""" },
        { "a height with a fraction", $$"""{"kind":"tip-changed","t":1,"peer":"5","block":"{{Hash}}","height":1.5}""" },
        { "a height beyond an int", $$"""{"kind":"tip-changed","t":1,"peer":"5","block":"{{Hash}}","height":9999999999}""" },
        { "a status by number", """{"kind":"neighbour-changed","t":1,"peer":"5","other":"6","status":1}""" },
        { "a status that is none", """{"kind":"neighbour-changed","t":1,"peer":"5","other":"6","status":"Away"}""" },
        { "a reason in another case", """{"kind":"messages-dropped","t":1,"peer":"5","type":"TX","reason":"loss","count":1}""" },
        { "two reasons", """{"kind":"messages-dropped","t":1,"peer":"5","type":"TX","reason":"Loss, NoRoute","count":1}""" },
        { "a type by number", """{"kind":"messages-received","t":1,"peer":"5","type":8,"count":1}""" },
        { "a remark that is null", """{"kind":"remark","t":1,"peer":"5","text":null}""" },
        {
            "a loss beyond a double",
            """{"kind":"peer-switched","t":1,"peer":"5","malicious":false,"generating":true,"cutOff":false,"paused":false,"loss":1e999,"latencyMin":0,"latencyMax":0}"""
        },
        { "a hundred levels", $$"""{"kind":"peer-down","t":1,"peer":"5","x":{{new string('[', 100)}}{{new string(']', 100)}}}""" },
        { "a byte that is no text", "{\"kind\":\"peer-down\",\"t\":1,\"peer\":\"\u00ff\"}" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Event_OfEachKind_IsReadAsItWasWritten(string kind)
    {
        var told = Events.OneOfEach.Single(told => EventJson.KindOf(told) == kind);

        var json = EventJson.Write(told);

        Assert.Equal(told, EventJson.Read(json));
        Assert.StartsWith($$"""{"kind":"{{kind}}",""", Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void OneOfEach_OfTheTest_IsOneOfEachKind() =>
        Assert.Equal(EventJson.AllKinds.Order(), Events.OneOfEach.Select(EventJson.KindOf).Order());

    [Fact]
    public void Event_WithAnyContent_IsReadAsItWasWritten() =>
        Events.Any.Sample(told => Assert.Equal(told, EventJson.Read(EventJson.Write(told))));

    [Fact]
    public void Event_AsJson_NamesAreThoseOfTheWire() => Assert.Equal(
        """{"kind":"messages-dropped","type":"GET_BLOCK_HEADERS","reason":"Loss","count":4,"t":1763880000.123457,"peer":"5000"}""",
        Encoding.UTF8.GetString(EventJson.Write(
            Events.OneOfEach.OfType<MessagesDropped>().Single())));

    [Theory]
    [InlineData("""{"kind":"weather"}""")]
    [InlineData("""{"kind":"weather","t":1,"peer":"5000"}""")]
    [InlineData("""{"t":1,"peer":"5","kind":"weather","kind":"peer-down"}""")]
    [InlineData("""{"before":[{"kind":"peer-down"}],"kind":"weather","after":{"x":[1,2]}}""")]
    public void Read_UnknownKind_IsPassedOver(string json) => Assert.Null(EventJson.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"kind":"peer-down","t":1,"peer":"5","mood":{"good":[true]}}""")]
    [InlineData("""{"mood":null,"peer":"5","t":1.0,"kind":"peer-down"}""")]
    public void Read_UnknownMembersInAnyOrder_ArePassedOver(string json) =>
        Assert.Equal(
            new PeerDown(TimeSpan.FromSeconds(1), new PeerId("5")), EventJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Read_UnknownMessageType_IsUnknown() => Assert.Equal(
        MessageType.Unknown,
        ((MessagesReceived)EventJson.Read(
            """{"kind":"messages-received","t":1,"peer":"5","type":"NEWS","count":1}"""u8)!).Type);

    [Theory]
    [MemberData(nameof(BadLines))]
    public void Read_BadLine_IsAJsonException(string what, string line)
    {
        var error = Record.Exception(() => EventJson.Read(Encoding.Latin1.GetBytes(line)));

        Assert.True(error is JsonException, $"{what}: {error?.ToString() ?? "taken for an event"}");
    }

    /// <summary>What a reader gets from a hostile node: anything, or nearly an event.</summary>
    [Fact]
    public void Read_AnyBytes_IsAnEventOrAJsonException() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 60],
                Gen.Select(Gen.Int[0, Events.OneOfEach.Length - 1], Gen.Int[0, 400], Gen.Byte, Spoil),
                Gen.Select(Gen.Int[0, Events.OneOfEach.Length - 1], Gen.Int[0, 400], Cut))
            .Sample(
                bytes =>
                {
                    try
                    {
                        if (EventJson.Read(bytes) is { } told)
                        {
                            Assert.Equal(told, EventJson.Read(EventJson.Write(told)));
                        }
                    }
                    catch (JsonException)
                    {
                        // The one way to say no.
                    }
                },
                iter: 20_000);

    private static byte[] Spoil(int kind, int at, byte with)
    {
        var json = EventJson.Write(Events.OneOfEach[kind]);
        json[at % json.Length] = with;
        return json;
    }

    private static byte[] Cut(int kind, int at)
    {
        var json = EventJson.Write(Events.OneOfEach[kind]);
        return json[..(at % json.Length)];
    }
}
