using System.Text;
using System.Text.Json.Nodes;

namespace Blockchain.PeerNode.Tests;

/// <summary>Whatever one connection does, a known peer on another is answered as before.</summary>
public sealed class HostileInputTests
{
    private const int Known = 3;
    private const int Stranger = 66;

    /// <summary>Without an inbound limit bytes are read as fast as they come.</summary>
    private const string Unpaced = ", \"inboundLimit\": 0";

    public static TheoryData<string, string> Lines => new()
    {
        { "garbage", "\u0001\u0002 no JSON at all" },
        { "an array", "[1, 2, 3]" },
        { "wrong types", """{"type": "PING", "sender": 5, "timestamp": "now", "message_id": {}}""" },
        { "a missing field", """{"type": "HELLO", "sender": "66"}""" },
        { "100,000 levels", new string('[', 100_000) },
        { "100,000 levels of objects", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Connection_ThreeMalformedLines_IsClosedAndCountedAndHarmsNobody(string what, string line)
    {
        await using var node = await NodeFixture.StartAsync();
        using var known = await node.ConnectAsync(Known);
        using var hostile = await node.ConnectAsync(Stranger);

        for (var i = 0; i < 3; i++)
        {
            await hostile.SendAsync(line);
        }

        await hostile.AssertClosedAsync();
        await known.AssertServedAsync();
        Assert.Equal((what, 3), (what, await DropsAsync(node, "Malformed")));
    }

    [Fact]
    public async Task Connection_TwoMalformedLines_StaysOpen()
    {
        await using var node = await NodeFixture.StartAsync();
        using var known = await node.ConnectAsync(Known);

        await known.SendAsync("{");
        await known.SendAsync("}");

        await known.AssertServedAsync();
    }

    [Fact]
    public async Task Line_Of50Megabytes_IsDroppedInBoundedMemory()
    {
        await using var node = await NodeFixture.StartAsync(settings: Unpaced);
        using var known = await node.ConnectAsync(Known);
        using var hostile = await node.ConnectAsync(Stranger);
        await known.AssertServedAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var block = Encoding.ASCII.GetBytes(new string('x', 1024 * 1024));

        for (var i = 0; i < 50; i++)
        {
            await hostile.SendBytesAsync(block);
        }

        await hostile.SendAsync("");
        await hostile.SendAsync("""{"type": "NEWS"}""");
        await Eventually.BecomesAsync(() => DropsAsync(node, "UnknownType"), 1);

        Assert.Equal(1, await DropsAsync(node, "LineTooLong"));
        await known.AssertServedAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 24 * 1024 * 1024);
    }

    [Fact]
    public async Task Line_ByteByByte_IsReadAsAWholeOne()
    {
        await using var node = await NodeFixture.StartAsync();
        using var slow = await node.ConnectAsync(Known);

        foreach (var part in Encoding.UTF8.GetBytes(TestClient.Ping("3", 1.5) + "\n"))
        {
            await slow.SendBytesAsync(new[] { part });
            await Task.Yield();
        }

        Assert.Equal(1.5, (await slow.ReceiveAsync("PONG"))["timestamp"]!.GetValue<double>());
    }

    [Fact]
    public async Task HalfALine_ThenSilence_HarmsNobody()
    {
        await using var node = await NodeFixture.StartAsync();
        using var hostile = await node.ConnectAsync(Stranger);
        await hostile.SendBytesAsync("{\"type\": \"PI"u8.ToArray());
        using var known = await node.ConnectAsync(Known);

        await known.AssertServedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HalfLines_OfManyConnections_AreBoundedTogether(bool introduced)
    {
        await using var node = await NodeFixture.StartAsync(settings: Unpaced);
        using var known = await node.ConnectAsync(Known);
        var half = Encoding.ASCII.GetBytes(new string('x', 3 * 1024 * 1024));
        var hostile = new List<TestClient>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                var number = introduced ? Stranger + i : Stranger;
                hostile.Add(await node.ConnectAsync(number));
                try
                {
                    if (introduced)
                    {
                        await hostile[^1].SendAsync(TestClient.Hello($"{number}", $"{node.Network}.{number}", 9000));
                        await hostile[^1].SendAsync(TestClient.Ping($"{number}", 1));
                        await hostile[^1].ReceiveAsync("PONG");
                    }

                    await hostile[^1].SendBytesAsync(half);
                }
                catch (IOException)
                {
                    // The node has had enough of them, which is the point.
                }
            }

            // 20 × 3 MiB are more than all together get, so at least one connection was cut off.
            await await Task.WhenAny(hostile.Select(client => client.AssertClosedAsync()));
            await known.AssertServedAsync();
        }
        finally
        {
            hostile.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task FiveHundredIdleConnections_FromOneAddress_KeepNoKnownPeerOut()
    {
        await using var node = await NodeFixture.StartAsync();
        var idle = new List<TestClient>();
        try
        {
            for (var i = 0; i < 500; i++)
            {
                idle.Add(await node.ConnectAsync(Stranger));
            }

            using var known = await node.ConnectAsync(Known);
            await known.AssertServedAsync();
            await idle[0].AssertClosedAsync();
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Connection_ThatSaysAllAndClosesAtOnce_IsHeard()
    {
        await using var node = await NodeFixture.StartAsync();
        for (var i = 1; i <= 20; i++)
        {
            using (var brief = await node.ConnectAsync(Stranger))
            {
                await brief.SendAsync("""{"type": "NEWS"}""");
            }

            await Eventually.BecomesAsync(() => DropsAsync(node, "UnknownType"), i);
        }
    }

    private static async Task<int> DropsAsync(NodeFixture node, string reason)
    {
        var drops = JsonNode.Parse(await node.GetTextAsync("/drop_stats?by=reason"))!.AsObject();
        return drops.Sum(type => type.Value![reason]?.GetValue<int>() ?? 0);
    }
}
