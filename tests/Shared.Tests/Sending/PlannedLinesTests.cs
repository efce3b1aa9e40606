using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Tests.Topology;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Sending;

/// <summary>Regions and links of a file, as a peer sends over them; and which of several conditions holds.</summary>
public sealed class PlannedLinesTests
{
    /// <summary>
    /// From a in Europe: b there too, c and d in America, e nowhere; to d a slow link of its own, to e one that loses all.
    /// </summary>
    private static readonly NetworkPlan Plan = PeersFileTests.Parsed("""
        {
          "defaults": { "dropProbability": 0, "latency": "1s", "capacity": 0, "sendLimit": 0 },
          "regions": { "latency": { "eu": { "eu": "2s", "us": "3s" }, "us": { "us": "4s" } },
                       "bandwidth": { "eu": { "us": "8kbit/s" } } },
          "links": [
            { "from": "a", "to": "d", "latency": "5s", "bandwidth": 0 }, { "from": "d", "to": "a", "latency": "6s" },
            { "from": "e", "to": "a", "loss": 1 }
          ],
          "peers": {
            "a": { "ip": "127.0.0.1", "port": 5000, "region": "eu" },
            "b": { "ip": "127.0.0.1", "port": 5001, "region": "eu" },
            "c": { "ip": "127.0.0.1", "port": 5002, "region": "us" },
            "d": { "ip": "127.0.0.1", "port": 5003, "region": "us" },
            "e": { "ip": "127.0.0.1", "port": 5004 },
            "f": { "ip": "127.0.0.1", "port": 5005 }
          }
        }
        """);

    [Theory]
    [InlineData("a", "b", 2)]
    [InlineData("a", "d", 5)]
    [InlineData("a", "f", 1)]
    [InlineData("c", "b", 3)]
    [InlineData("c", "d", 4)]
    [InlineData("d", "a", 6)]
    [InlineData("f", "a", 1)]
    public void Send_OfAFile_TakesTheLinkThenTheRegionThenTheSettings(string from, string to, int seconds)
    {
        var bench = Bench(from);

        bench.Send(bench.Context.Table.Find(new PeerId(to))!);
        bench.RunFor(TimeSpan.FromSeconds(10));

        var sent = Assert.Single(bench.Events.Sents);
        Assert.Equal(Bandwidth(from, to) ? seconds + Sending(sent.Message) : seconds, sent.At.TotalSeconds, 1e-6);
    }

    [Theory]
    [InlineData("a", "e")]
    [InlineData("e", "a")]
    public void Send_OverALinkOfOneEntry_IsLostInBothDirections(string from, string to)
    {
        var bench = Bench(from);
        bench.Send(bench.Context.Table.Find(new PeerId(to))!);
        bench.Send(bench.Context.Table.Find(new PeerId("f"))!);

        Assert.Equal(to, Assert.Single(bench.Events.Drops).Peer.Value);
    }

    /// <summary>At 8 kbit/s each byte takes a millisecond; one message leaves after the other.</summary>
    [Fact]
    public void Bandwidth_OfALine_CarriesOneMessageAfterTheOther()
    {
        var bench = Bench("a");
        var slow = bench.Context.Table.Find(new PeerId("c"))!;
        for (var i = 0; i < 20; i++)
        {
            bench.Send(slow);
        }

        bench.RunFor(TimeSpan.FromMinutes(1));

        var sent = bench.Events.Sents;
        Assert.Equal(20, sent.Count);
        var each = Sending(sent[0].Message);
        Assert.All(
            sent.Select((one, i) => (one.At.TotalSeconds, Expected: ((i + 1) * each) + 3)),
            one => Assert.Equal(one.Expected, one.TotalSeconds, 1e-3));
    }

    [Fact]
    public void Bandwidth_OfOneLine_DoesNotHoldUpTheOthers()
    {
        var bench = Bench("a");
        for (var i = 0; i < 20; i++)
        {
            bench.Send(bench.Context.Table.Find(new PeerId("c"))!);
        }

        bench.Send(bench.Context.Table.Find(new PeerId("b"))!);
        bench.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(2, bench.Events.Sents.Single(sent => sent.To.Value == "b").At.TotalSeconds);
    }

    [Fact]
    public void Command_ToThePeer_ChangesWhatItGivesOnAllLines()
    {
        var bench = Bench("a");
        bench.Send(bench.Context.Table.Find(new PeerId("b"))!);
        bench.RunFor(TimeSpan.FromSeconds(3));

        bench.Outbox.Change(bench.Now, new SetConditions(1));
        SendToAll(bench);
        Assert.Equal(5, bench.Events.Drops.Count);

        bench.Outbox.Change(bench.Now, new SetConditions(0, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(9)));
        Assert.Equal([9, 9, 9, 9, 9], Times(bench));

        bench.Outbox.Change(bench.Now, new SetConditions { Clear = true });
        Assert.Equal([1, 2, 3, 5], Times(bench));
        Assert.Equal(0, bench.Outbox.Pairs);
    }

    [Fact]
    public void Command_ToAPair_WinsOverAllAndItsEndGivesTheFileBack()
    {
        var bench = Bench("a");
        var pair = PeerSet.Of("b");
        bench.Outbox.Change(bench.Now, new SetConditions(null, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8)) { To = pair });
        bench.Outbox.Change(bench.Now, new SetConditions(null, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)));
        Assert.Equal(1, bench.Outbox.Pairs);
        Assert.Equal([7, 7, 7, 8], Times(bench));

        bench.Outbox.Change(bench.Now, new SetConditions { Clear = true });
        bench.Outbox.Change(bench.Now, new SetConditions { Clear = true, To = pair });

        Assert.Equal([1, 2, 3, 5], Times(bench));
        Assert.Equal(0, bench.Outbox.Pairs);
    }

    [Fact]
    public void Command_ImpossibleOnALink_IsRefused()
    {
        var plan = PeersFileTests.Parsed("""
            {
              "links": [{ "from": "a", "to": "b", "lossBurst": 2 }],
              "peers": { "a": { "ip": "127.0.0.1", "port": 5000 }, "b": { "ip": "127.0.0.1", "port": 5001 } }
            }
            """);
        var bench = Bench("a", plan);

        Assert.Contains("burst of at least 9", bench.Outbox.Problem(new SetConditions(0.9)), StringComparison.Ordinal);
        Assert.Null(bench.Outbox.Problem(new SetConditions(0.5)));
    }

    [Fact]
    public void Settings_Bursts_AreThoseOfTheFile()
    {
        var bench = new ContextBench(
            Make.Quiet with { DropProbability = 0.25, LossBurst = 10 }, Make.Infos(1), seed: 4);
        for (var i = 0; i < 20_000; i++)
        {
            bench.Send(bench[0]);
        }

        var lost = bench.Events.Drops.Count;
        Assert.InRange(lost, 4_000, 6_000);
        Assert.Equal(10, bench.Outbox.Conditions.Burst);
    }

    private static ContextBench Bench(string self, NetworkPlan? plan = null)
    {
        plan ??= Plan;
        var peer = plan[new PeerId(self)];
        return new ContextBench(
            peer.Settings, plan.KnownBy(peer.Id).Select(known => known.Info), self: peer.Info,
            lines: PlannedLines.Of(plan, peer));
    }

    private static bool Bandwidth(string from, string to) =>
        (from, to) is ("c", "b") or ("d", "a");

    private static double Sending(Message message) => new MessageSize().Of(message) / 1_000.0;

    private static void SendToAll(ContextBench bench)
    {
        foreach (var peer in bench.Context.Table.All)
        {
            bench.Send(peer);
        }
    }

    /// <summary>How many whole seconds a message to each of the others takes, those that are lost left out.</summary>
    private static int[] Times(ContextBench bench)
    {
        var (before, now) = (bench.Events.Sents.Count, bench.Now);
        SendToAll(bench);
        bench.RunFor(TimeSpan.FromSeconds(20));
        return [.. bench.Events.Sents.Skip(before).Select(sent => (int)(sent.At - now).TotalSeconds).Order()];
    }
}
