#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Lab.Tests.Guests;

/// <summary>The lines of virtual time, as docs/node-protocol.md has them.</summary>
public sealed class GuestLinesTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1795358270.05);

    [Fact]
    public void Start_IsTheWholeOfWhatANodeHasToKnow()
    {
        var plan = PeersFile.Parse("""
            {
              "defaults": { "blockInterval": "1min" },
              "peers": {
                "6000": { "ip": "127.28.0.99", "port": 6000, "fanout": 2, "localnetworkid": 4, "stdio": ["node"] },
                "5005": { "ip": "127.28.0.15", "port": 5005, "light": true }
              }
            }
            """).Plan!;
        var (me, other) = (plan.Peers[0], plan.Peers[1]);
        var line = JsonNode.Parse(Written(new GuestStarts(Now, me, [other.Info], ulong.MaxValue)))!;
        Assert.Equal(1795358270.05, line["now"]!.GetValue<double>());
        var start = line["start"]!;
        Assert.Equal("6000", start["id"]!.GetValue<string>());
        Assert.Equal((1L << 53) - 1, start["seed"]!.GetValue<long>());
        Assert.Equal(["6000", "5005"], start["peers"]!.AsArray().Select(peer => peer!["peer_id"]!.GetValue<string>()));
        Assert.Equal(
            """{"peer_id":"5005","ip":"127.28.0.15","port":5005,"flags":{"nat":false,"light":true},"localnetworkid":-1}""",
            start["peers"]![1]!.ToJsonString());
        Assert.Equal(2, start["settings"]!["fanout"]!.GetValue<int>());
        Assert.Equal(60, start["settings"]!["blockInterval"]!.GetValue<double>());
    }

    [Fact]
    public void Message_IsWrittenWholeBehindWhoseConnectionItIs() => Assert.Equal(
        """{"now": 1795358270.05, "from": "5005", "message": {"type": "GET_PEERS", "sender": "5005", "message_id": "00000000-0000-0000-0000-000000000000"}}""" + "\n",
        Written(new GuestHears(Now, new("5005"), new GetPeers(new("5005"), default))));

    [Fact]
    public void Timer_IsWrittenByItsName() =>
        Assert.Equal("{\"now\": 7.0, \"timer\": \"a\\u0022b\"}\n", Written(new GuestWakes(TimeSpan.FromSeconds(7), "a\"b")));

    [Fact]
    public void Turn_InAnyOrder_IsRead()
    {
        var lines = new GuestLines();
        Assert.Null(Read(lines, """{"wake": 9.5, "timer": "ask"}"""));
        Assert.Null(Read(lines, """{"message": {"type": "GET_PEERS", "sender": "6000", "message_id": "x"}, "to": "5005"}"""));
        Assert.Null(Read(lines, """{"wake": 12, "timer": "ping"}"""));
        Assert.False(lines.IsDone);
        Assert.Null(Read(lines, """{"done": true, "cost": 0.002}"""));
        Assert.True(lines.IsDone);
        Assert.Equal([(TimeSpan.FromSeconds(9.5), "ask"), (TimeSpan.FromSeconds(12), "ping")], lines.Answer.Timers);
        Assert.Equal("5005", Assert.Single(lines.Answer.Messages).To.Value);
        Assert.Equal(TimeSpan.FromMilliseconds(2), lines.Answer.Cost);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"wake": 5}""")]
    [InlineData("""{"wake": "soon", "timer": "ask"}""")]
    [InlineData("""{"wake": 1e300, "timer": "ask"}""")]
    [InlineData("""{"wake": 5, "timer": null}""")]
    [InlineData("""{"to": "5005"}""")]
    [InlineData("""{"to": "", "message": {"type": "GET_PEERS", "sender": "6000", "message_id": "x"}}""")]
    [InlineData("""{"to": "5005", "message": {"type": "GET_PEERS", "message_id": "x"}}""")]
    [InlineData("""{"done": true, "cost": -1}""")]
    public void Nonsense_IsRefusedWithAReason(string line) => Assert.NotNull(Read(new GuestLines(), line));

    private static string? Read(GuestLines lines, string line) => lines.Read(Encoding.UTF8.GetBytes(line));

    private static string Written(GuestTurn turn)
    {
        var line = new ArrayBufferWriter<byte>();
        GuestLines.Write(line, turn);
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }
}
