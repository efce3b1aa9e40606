using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Sending;

public class ConservationTests
{
    private static readonly PeerSettings Settings = Make.Quiet with
    {
        Capacity = new(5, 15),
        CapacityInterval = TimeSpan.FromSeconds(1),
        SendLimit = new RateLimit(4, TimeSpan.FromSeconds(2)),
        QueueLimit = 6,
        Retries = 2,
        RetryDelay = TimeSpan.FromSeconds(1),
        DropProbability = 0.1,
        Latency = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
    };

    private static readonly MessageType[] Types =
        [MessageType.Inv, MessageType.Ping, MessageType.Tx, MessageType.Hello, MessageType.Relay];

    private static readonly Gen<(int Kind, int Target, int Argument)> Operation =
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3], Gen.Int[0, 400]);

    /// <summary>Every message ends sent once, or dropped once with a reason; until then it waits somewhere.</summary>
    [Fact]
    public void Outbox_RandomOperations_LosesNoMessageAndSendsNoneTwice() =>
        Gen.Select(Gen.ULong, Operation.Array[1, 150]).Sample((seed, operations) =>
        {
            var bench = new ContextBench(Settings, Make.Infos(4), seed);
            var (sent, failed) = (new HashSet<MessageId>(), new HashSet<MessageId>());
            var (enqueued, given) = (new int[4], 0);
            foreach (var (kind, target, argument) in operations)
            {
                Operate(bench, kind, target, argument, enqueued, failed);
                Collect(bench, sent, failed, ref given);
                AssertQueuesWithinLimit(bench);
            }

            // Retries are over after two delays, queues of six are empty after a few seconds; capacity varies for ever.
            bench.RunFor(TimeSpan.FromMinutes(1));
            Collect(bench, sent, failed, ref given);
            Assert.All(bench.Context.Table.All, peer => Assert.Equal(0, Waiting(peer)));
            Assert.Equal(enqueued.Sum(), sent.Count + bench.Events.Drops.Count);

            // Nothing is thought to wait: a message for a fresh target goes at once.
            var fresh = bench.Context.Table.Learn(bench.Now, Make.Info("fresh"), isPlanned: true)!;
            var (drops, transmissions) = (bench.Events.Drops.Count, bench.Transmitter.All.Count);
            bench.Send(fresh);
            Assert.Equal(0, Waiting(fresh));
            bench.RunFor(Settings.Latency.Max);
            Assert.Equal(1, bench.Events.Drops.Count - drops + bench.Transmitter.All.Count - transmissions);
        });

    private static void Operate(
        ContextBench bench, int kind, int target, int argument, int[] enqueued, HashSet<MessageId> failed)
    {
        var peer = bench[target];
        switch (kind)
        {
            case <= 7:
                enqueued[target]++;
                bench.Send(peer, Types[argument % Types.Length]);
                break;
            case 8:
                bench.RunFor(TimeSpan.FromMilliseconds(argument));
                break;
            case 9 when bench.Transmitter.All.Count > 0:
                var transmission = bench.Transmitter.All[^1];
                if (failed.Add(transmission.Message.Key))
                {
                    bench.Fail(transmission);
                }

                break;
            case 10 when argument < 40:
                bench.Context.Table.Ban(peer);
                bench.Outbox.Clear(bench.Now, peer, DropReason.Blacklisted);
                break;
            case 11:
                bench.Context.Table.SetStatus(peer, PeerStatus.Unreachable);
                bench.Outbox.Clear(bench.Now, peer, DropReason.Unreachable);
                break;
            case 12:
                bench.Context.Table.SetStatus(peer, PeerStatus.Alive);
                break;
        }
    }

    /// <summary>A message counts as sent unless the transport reported that it was not.</summary>
    private static void Collect(
        ContextBench bench, HashSet<MessageId> sent, HashSet<MessageId> failed, ref int given)
    {
        for (; given < bench.Transmitter.All.Count; given++)
        {
            var key = bench.Transmitter.All[given].Message.Key;
            Assert.True(sent.Add(key), $"{key} was sent twice");
            failed.Remove(key);
        }

        sent.ExceptWith(failed);
    }

    private static int Waiting(RemotePeer peer) =>
        peer.Queue.Count(MessagePriority.High) + peer.Queue.Count(MessagePriority.Medium)
        + peer.Queue.Count(MessagePriority.Low);

    private static void AssertQueuesWithinLimit(ContextBench bench)
    {
        foreach (var peer in bench.Context.Table.All)
        {
            for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
            {
                Assert.InRange(peer.Queue.Count(priority), 0, Settings.QueueLimit);
            }
        }
    }
}
