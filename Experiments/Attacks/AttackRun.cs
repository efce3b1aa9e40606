using Blockchain.Events;
using Blockchain.Experiments.Fidelity;
using Blockchain.Launching;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Experiments.Attacks;

/// <summary>Starts a network, attacks it, lets it heal, and measures all the while.</summary>
/// <param name="file">What network it is.</param>
/// <param name="time">How long it is attacked.</param>
internal sealed class AttackRun(NetworkPlan file, TimeSpan time)
{
    /// <summary>Past this an attack is broken off, so that the machine goes on.</summary>
    public const long BreakOffAt = 1_000L * 1024 * 1024;

    private const string Alive = "ALIVE";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Past what is promised, so that it can be told how long it took.</summary>
    private static readonly TimeSpan HealingPatience = 2 * Promises.HealsWithin;

    /// <summary>An outsider comes when the attack is under way.</summary>
    private static readonly TimeSpan OutsiderComesAfter = TimeSpan.FromSeconds(3);

    /// <param name="attack">Null: nobody attacks.</param>
    /// <param name="roles">Which attackers take part.</param>
    /// <exception cref="InvalidOperationException">The network did not come up.</exception>
    public async Task<AttackFigures> RunAsync(Attack? attack, Roles roles, CancellationToken cancellation)
    {
        var plan = new AttackPlan(file, roles);
        var folder = Directory.CreateTempSubdirectory("blockchain-attack-");
        try
        {
            var path = Path.Combine(folder.FullName, "peers.json");
            await File.WriteAllTextAsync(path, PeersFile.Write(plan.Network), cancellation);
            var network = new LocalNetwork(plan.Network, path, new LocalNetworkOptions());
            await using (network)
            {
                await StartAsync(network, cancellation);
                var field = new AttackField(plan, network) { Roles = roles };
                attack?.Prepare(field);
                return await MeasureAsync(field, attack, cancellation);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// One after the other: a PING that waits for a peer that is just starting counts for the round-trip time, and that
    /// for how long a block is waited for.
    /// </summary>
    private static async Task StartAsync(LocalNetwork network, CancellationToken cancellation)
    {
        foreach (var node in network.Nodes.Where(node => !node.Plan.ManualStart))
        {
            node.Start();
            await node.UntilUpAsync(cancellation);
        }
    }

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

    private async Task<AttackFigures> MeasureAsync(
        AttackField field, Attack? attack, CancellationToken cancellation)
    {
        var honest = field.Victims.Where(node => field.Plan.IsHonest(node.Id)).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var probes = Probes(field.Plan, honest).ToArray();
        var (outside, known) = (probes.Where(IsOutsider), probes.Where(probe => !IsOutsider(probe)));
        var probing = ProbeAsync(known, TimeSpan.Zero, stop.Token);
        await UntilHeardAsync(honest, cancellation);
        var memory = new MemoryProbe(field.Victims);
        var watching = Task.Run(() => memory.WatchAsync(BreakOffAt, stop.Token), cancellation);
        var views = new NetworkViews(honest);
        var looking = Task.Run(() => views.WatchAsync(LookInterval, stop.Token), cancellation);

        var from = Now();
        var attacking = attack is null
            ? Task.CompletedTask
            : Task.Run(() => attack.RunAsync(field, end.Token), cancellation);
        var coming = ProbeAsync(outside, OutsiderComesAfter, stop.Token);
        await Task.WhenAny(Task.Delay(time, cancellation), watching);
        await end.CancelAsync();
        await Task.WhenAny(attacking);
        var to = Now();
        var healed = await HealAsync(field.Victims, honest, cancellation);
        var chains = healed is null ? await Task.WhenAll(honest.Select(DescribeAsync)) : [];
        await stop.CancelAsync();
        await Task.WhenAll(probing, coming, watching, looking);

        var arrivals = await Task.WhenAll(honest.Select(ArrivalsAsync));
        var blocks = BlockTimes.Of(arrivals, honest.Select(node => node.Id.Value).ToHashSet(), from, to);
        var pings = probes.Select(probe => (Probe: probe, Delays: probe.Delays(from, to))).ToArray();
        var worst = pings.Where(one => one.Delays.Length > 0).MaxBy(one => Quantile(one.Delays, Spread.Half));
        var banned = await Task.WhenAll(honest.Select(node => BannedAsync(field.Plan, node)));
        var all = pings.SelectMany(one => one.Delays).ToArray();
        return new AttackFigures
        {
            Bytes = memory.Worst.Bytes,
            BiggestNode = memory.Worst.Node.Id.Value,
            WasBrokenOff = await watching,
            PingMedian = Quantile(all, Spread.Half),
            PingP90 = Quantile(all, Spread.Most),
            PingWorstMedian = Quantile(worst.Delays, Spread.Half),
            PingWorstPair = $"{worst.Probe.Self} to {worst.Probe.Node.Id}",
            Blocks = blocks.Count,
            BlockDelay = blocks.Most,
            Banned = [.. banned.SelectMany(one => one)],
            HealedAfter = healed,
            Chains = chains,
            Died = [.. field.Victims.Where(node => node.State == NodeState.Died).Select(node => node.Id.Value)],
            FalseHeaders = views.WorstLead,
            WorstRoundTrip = views.WorstRoundTrip,
        };
    }

    private static async Task UntilHeardAsync(LocalNode[] honest, CancellationToken cancellation)
    {
        var ids = honest.Select(node => node.Id.Value).ToHashSet();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(StartPatience);
        try
        {
            while (!(await Task.WhenAll(honest.Select(HearsAllAsync))).All(hears => hears))
            {
                await Task.Delay(LookInterval, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException("The honest peers did not hear each other in time.");
        }

        async Task<bool> HearsAllAsync(LocalNode node)
        {
            var peers = await node.Client.TryAsync(
                (client, token) => client.PeersAsync(token), AnswerPatience, cancellation);
            return peers?.Count(peer => peer.Status == Alive && ids.Contains(peer.PeerId)) == ids.Count - 1;
        }
    }

    /// <summary>Each honest node is asked by an observer that reaches it, and if possible by the outsider.</summary>
    private static IEnumerable<PingProbe> Probes(AttackPlan plan, LocalNode[] honest)
    {
        foreach (var node in honest)
        {
            var observer = plan.Observers.First(one => NetworkPlan.CanReach(one.Info, node.Plan.Info));
            yield return new PingProbe(observer.Info, node);
            if (!node.Plan.Info.Nat)
            {
                yield return new PingProbe(AttackPlan.Outsider, node);
            }
        }
    }

    private static bool IsOutsider(PingProbe probe) => probe.Self == AttackPlan.Outsider.Id;

    private static async Task ProbeAsync(IEnumerable<PingProbe> probes, TimeSpan after, CancellationToken stop)
    {
        await Task.WhenAny(Task.Delay(after, stop));
        await Task.WhenAll(probes.Select(probe => Task.Run(() => probe.RunAsync(stop), CancellationToken.None)));
    }

    /// <summary>Nothing more is made; then all must come to the same.</summary>
    private static async Task<double?> HealAsync(
        IReadOnlyList<LocalNode> all, LocalNode[] honest, CancellationToken cancellation)
    {
        var begin = Now();
        var stopped = new HashSet<LocalNode>();
        while (Now() - begin < HealingPatience.TotalSeconds && honest.All(node => node.IsRunning))
        {
            await Task.WhenAll(all.Where(node => !stopped.Contains(node)).ToArray().Select(async node =>
            {
                var told = await node.Client.TryAsync(
                    (client, token) => client.TellAsync(new SetGenerating(false), token), AnswerPatience, cancellation);
                lock (stopped)
                {
                    _ = told is not null && stopped.Add(node);
                }
            }));
            var tips = await Task.WhenAll(honest.Select(node => node.Client.TryAsync(
                (client, token) => client.StatusAsync(token), AnswerPatience, cancellation)));
            if (honest.All(stopped.Contains) && tips.All(tip => tip is not null)
                && tips.DistinctBy(tip => tip!.Tip).Count() == 1)
            {
                return Now() - begin;
            }

            await Task.Delay(LookInterval / 4, cancellation);
        }

        return null;
    }

    private static async Task<string> DescribeAsync(LocalNode node)
    {
        var status = await node.Client.TryAsync((client, token) => client.StatusAsync(token), AnswerPatience);
        return status is null
            ? $"{node.Id}: {node.State}, no answer"
            : $"{node.Id}: height {status.Height}, tip {status.Tip?[..8]}, orphans {status.Orphans}, "
                + $"pool {status.Pool}, alive {status.PeersAlive} of {status.PeersKnown}";
    }

    private static async Task<IReadOnlyList<Arrival>> ArrivalsAsync(LocalNode node) =>
        await node.Client.TryAsync((client, token) => client.ArrivalsAsync(token), AnswerPatience) ?? [];

    private static async Task<IEnumerable<string>> BannedAsync(AttackPlan plan, LocalNode node)
    {
        var banned = await node.Client.TryAsync((client, token) => client.BlacklistAsync(token), AnswerPatience) ?? [];
        var innocent = plan.Observers.Select(one => one.Id).Append(AttackPlan.Outsider.Id).ToHashSet();
        return banned
            .Where(id => plan.IsHonest(new PeerId(id)) || innocent.Contains(new PeerId(id)))
            .Select(id => $"{node.Id} banned {id}");
    }

    private static double Quantile(IEnumerable<double> values, double share) =>
        Spread.Quantile<double>(values.Order().ToArray(), share) ?? double.NaN;
}
