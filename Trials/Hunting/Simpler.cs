using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Hunting;

/// <summary>The next simpler ones of a scenario, the boldest first.</summary>
internal static class Simpler
{
    private const int MostBlocks = 40;

    private static readonly TimeSpan[] Units =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)];

    /// <summary>All settings as usual and nothing made, lost or late; then each by itself.</summary>
    public static IEnumerable<Draft> Networks(Draft draft)
    {
        // What was counted on must still be made.
        Func<PeerSettings, PeerSettings>[] makingLess = !draft.IsEventual ? [] :
        [
            settings => Usual(settings) with
            {
                BlockInterval = default, TransactionInterval = default, DropProbability = 0, Latency = default,
            },
            settings => Usual(settings) with
            {
                BlockInterval = default, TransactionInterval = default, DropProbability = 0,
            },
            settings => settings with { BlockInterval = default },
            settings => settings with { TransactionInterval = default },
        ];
        Func<PeerSettings, PeerSettings>[] changes =
        [
            .. makingLess,
            Usual,
            settings => settings with { DropProbability = 0, LossBurst = 1 },
            settings => settings with { Latency = default, LatencyShape = default },
            settings => settings with { Latency = Usual(settings).Latency, LatencyShape = default },
            settings => settings with { Fanout = PeerSettings.Default.Fanout },
        ];
        foreach (var change in changes)
        {
            var changed = draft.Network.WithSettings(change);
            if (!changed.Peers.Select(peer => peer.Settings)
                .SequenceEqual(draft.Network.Peers.Select(peer => peer.Settings)))
            {
                yield return draft with { Network = changed };
            }
        }

        foreach (var simpler in draft.IsEventual ? Peers(draft) : [])
        {
            yield return simpler;
        }
    }

    /// <summary>The blocks that peers made by themselves as steps, of which most can go.</summary>
    public static IEnumerable<Draft> OwnBlocks(Draft draft, Failure failure)
    {
        var isWaiting = draft.Pieces.Take(draft.Pieces.Count - 1).Any(piece => Promise.Waits(piece.Step));
        if (!draft.IsEventual || isWaiting
            || draft.Network.Peers.All(peer => peer.Settings.BlockInterval <= TimeSpan.Zero))
        {
            yield break;
        }

        var timed = new List<(TimeSpan At, Piece Piece)>();
        var time = TimeSpan.Zero;
        foreach (var piece in draft.Pieces)
        {
            time += piece.Step.After;
            timed.Add((time, piece));
        }

        var blocks = failure.Blocks.Where(block => block.At < time).TakeLast(MostBlocks)
            .Select(block => (block.At, new Piece(
                new Step { Act = new MineBlocks(TimeSpan.Zero, PeerChoice.Of(block.Maker.Value)) }, null)));
        var pieces = new List<Piece>();
        time = TimeSpan.Zero;
        foreach (var (at, piece) in timed.SkipLast(1).Concat(blocks).OrderBy(one => one.At).Append(timed[^1]))
        {
            pieces.Add(piece with { Step = piece.Step with { After = at - time } });
            time = at;
        }

        yield return draft with
        {
            Network = draft.Network.WithSettings(settings => settings with { BlockInterval = default }),
            Pieces = pieces,
        };
    }

    /// <summary>Steps that are done to fewer peers, or to fewer blocks.</summary>
    public static IEnumerable<Draft> Choices(Draft draft)
    {
        foreach (var (index, piece) in draft.Pieces.Index())
        {
            if (piece.Step.Act is not { } act || (piece.Makes && !draft.IsEventual))
            {
                continue;
            }

            foreach (var id in Hunting.Choices.Of(act).SelectMany(choice => choice.Ids).Distinct())
            {
                var gone = new HashSet<PeerId> { id };
                if (Hunting.Choices.Map(act, choice => Hunting.Choices.Without(choice, gone)) is { } fewer)
                {
                    yield return draft.With(index, piece.Step with { Act = fewer });
                }
            }

            if (Once(act) is { } once)
            {
                yield return draft.With(index, piece.Step with { Act = once });
            }
        }
    }

    /// <summary>Shorter and rounder times.</summary>
    public static IEnumerable<Draft> Times(Draft draft)
    {
        foreach (var (index, piece) in draft.Pieces.Index())
        {
            var step = piece.Step;
            foreach (var after in Shorter(step.After, TimeSpan.Zero))
            {
                yield return draft.With(index, step with { After = after });
            }

            if (step.Act is { For: { } time } act)
            {
                foreach (var shorter in Shorter(time, TimeSpan.FromSeconds(1)))
                {
                    yield return draft.With(index, step with { Act = act with { For = shorter } });
                }
            }

            // Who knows whom takes longer than anything else: peers ask each other once a minute.
            if (ReferenceEquals(piece, draft.Last) && step.Within > Promise.Patience && draft.IsEventual
                && step.Expect is not Knows)
            {
                yield return draft.With(index, step with { Within = Promise.Patience });
            }
        }
    }

    /// <summary>As usual, but where less is made, lost or late it stays so: nothing gets larger again.</summary>
    private static PeerSettings Usual(PeerSettings settings) => PeerSettings.Default with
    {
        BlockInterval = settings.BlockInterval,
        TransactionInterval = settings.TransactionInterval,
        DropProbability = Math.Min(settings.DropProbability, PeerSettings.Default.DropProbability),
        Latency = settings.Latency.Max == TimeSpan.Zero ? settings.Latency : PeerSettings.Default.Latency,
    };

    private static IEnumerable<Draft> Peers(Draft draft)
    {
        (Predicate<PeerPlan> IsSpecial, Func<PeerPlan, PeerPlan> Plain)[] changes =
        [
            (peer => peer.Info.Nat, peer => peer with { Info = peer.Info with { Nat = false } }),
            (peer => peer.Info.NetworkId != PeerInfo.NoNetwork && !peer.Info.Nat,
                peer => peer with { Info = peer.Info with { NetworkId = PeerInfo.NoNetwork } }),
            (peer => peer.Info.Light, peer => peer with { Info = peer.Info with { Light = false } }),
            (peer => !peer.IsHonest, peer => peer with { Behaviour = Behaviours.Honest }),
            (peer => peer.Knows is not null, peer => peer with { Knows = null }),
        ];
        foreach (var (isSpecial, plain) in changes)
        {
            var special = draft.Network.Peers.Where(peer => isSpecial(peer)).Select(peer => peer.Id).ToHashSet();
            foreach (var ids in special.Count < 2 ? [] : (IEnumerable<HashSet<PeerId>>)[special])
            {
                yield return Change(ids);
            }

            foreach (var id in special)
            {
                yield return Change([id]);
            }

            Draft Change(HashSet<PeerId> ids) => draft with
            {
                Network = draft.Network.Select(peer => ids.Contains(peer.Id) ? plain(peer) : peer),
            };
        }
    }

    private static Act? Once(Act act) => act switch
    {
        MineBlocks { Count: > 1 } mine => mine with { Count = 1 },
        SendTransactions { Count: > 1 } send => send with { Count = 1 },
        _ => null,
    };

    /// <summary>From the shortest on; at last one that is longer by less than a second, but round.</summary>
    private static IEnumerable<TimeSpan> Shorter(TimeSpan time, TimeSpan least)
    {
        if (time <= least)
        {
            yield break;
        }

        yield return least;
        foreach (var unit in Units)
        {
            var rounded = TimeSpan.FromTicks(time.Ticks / 2 / unit.Ticks * unit.Ticks);
            if (rounded > least && rounded < time)
            {
                yield return rounded;
                break;
            }
        }

        foreach (var unit in Units)
        {
            // The next round one below. Tenths only of what is no whole number of them: else each would be a step.
            var rounded = TimeSpan.FromTicks((time.Ticks - 1) / unit.Ticks * unit.Ticks);
            if (rounded > least && (unit >= TimeSpan.FromSeconds(1) || time.Ticks % unit.Ticks != 0))
            {
                yield return rounded;
            }
        }

        var second = TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
        if (second > time)
        {
            yield return second;
        }
    }
}
