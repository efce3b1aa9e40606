using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Hunting;

/// <summary>
/// The trials of a hunt, each drawn from its own seed: the scenario as it is with other seeds, then with other networks
/// and more faults.
/// </summary>
public static class Variation
{
    /// <summary>So many trials change only the seed.</summary>
    public const int Unchanged = 20;

    private const double MostLoss = 0.1;
    private const int MostPlaces = 4;

    private static readonly TimeSpan LongestLatency = TimeSpan.FromMilliseconds(300);
    private static readonly double[] LossFactors = [0, 0.5, 1, 2];
    private static readonly double[] LatencyFactors = [0, 0.5, 1, 3];

    /// <param name="first">The seed of the first trial; the others follow it.</param>
    /// <param name="number">From zero.</param>
    public static Scenario Of(Scenario scenario, ulong first, int number)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var seed = unchecked(first + (ulong)number);
        var trial = scenario with { Seed = seed };
        var limits = Promise.LimitsOf(scenario);
        if (number < Unchanged || limits == HuntLimits.SeedsOnly)
        {
            return trial;
        }

        // Another stream than that of the run.
        var random = new SeededRandom(seed ^ 0xB10C_4A11_0F5E_ED00);
        if (limits.Peers && random.Chance(0.5))
        {
            trial = trial with { Network = Smaller(trial, random) };
        }

        if (limits.Conditions && random.Chance(0.5))
        {
            trial = trial with { Network = Otherwise(trial.Network, random) };
        }

        var faults = random.Next(limits.Faults + 1);
        return Patient(new FaultDraw(trial, random).Add(faults));
    }

    private static Scenario Patient(Scenario scenario) => scenario with
    {
        Steps =
        [
            .. scenario.Steps.Select(step => Promise.Waits(step)
                ? step with { Within = step.Within + Promise.Patience }
                : step),
        ],
    };

    private static NetworkPlan Smaller(Scenario scenario, SeededRandom random)
    {
        if (!Networks.IsConnected(scenario))
        {
            // Nobody knows what holds it together.
            return scenario.Network;
        }

        var named = scenario.Steps.SelectMany(Choices.Of).SelectMany(choice => choice.Ids).ToHashSet();
        var others = scenario.Network.Peers.Select(peer => peer.Id).Where(id => !named.Contains(id)).ToList();
        random.ShuffleFront(others, others.Count);
        var network = scenario.Network;
        foreach (var id in others.Take(random.Next(others.Count + 1)))
        {
            var smaller = Networks.Without(network, new HashSet<PeerId> { id });
            var candidate = scenario with { Network = smaller };
            if (smaller.Peers.Count > 1 && Networks.IsConnected(candidate)
                && Networks.ChoosesAsIn(candidate, scenario.Network))
            {
                network = smaller;
            }
        }

        return network;
    }

    private static NetworkPlan Otherwise(NetworkPlan network, SeededRandom random)
    {
        var loss = LossFactors[random.Next(LossFactors.Length)];
        var latency = LatencyFactors[random.Next(LatencyFactors.Length)];
        var fanout = random.Next(3);
        return network.WithSettings(settings => settings with
        {
            DropProbability = Math.Round(
                Math.Min(settings.DropProbability * loss, Math.Max(settings.DropProbability, MostLoss)), MostPlaces),
            Latency = new(Scaled(settings.Latency.Min, latency), Scaled(settings.Latency.Max, latency)),
            Fanout = settings.Fanout + fanout,
        });
    }

    private static TimeSpan Scaled(TimeSpan latency, double factor)
    {
        var scaled = TimeSpan.FromMilliseconds(Math.Round((latency * factor).TotalMilliseconds));
        return scaled <= LongestLatency ? scaled : latency > LongestLatency ? latency : LongestLatency;
    }
}
