using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation;

/// <summary>Blocks and transactions that the simulator has peers make.</summary>
internal sealed class Workload
{
    private readonly SimulationRun _run;
    private readonly IReadOnlyList<SimulatedPeer> _peers;
    private readonly SeededRandom _random;

    /// <summary>Sums of the weights of the peers up to each: as payers, and as makers of blocks.</summary>
    private readonly List<double> _payersUpTo = [];
    private readonly List<double> _makersUpTo = [];
    private bool _isOver;

    public Workload(SimulationRun run, IReadOnlyList<SimulatedPeer> peers)
    {
        _run = run;
        _peers = peers;
        _random = new SeededRandom(run.Config.Seed ^ 0x776F_726B_6C6F_6164);
        var (payers, makers) = (0.0, 0.0);
        foreach (var peer in peers)
        {
            var weight = peer.Plan.Info.Light
                ? 0
                : Math.Max(0, 1 + (Config.MakerSpread == 0 ? 0 : Config.MakerSpread * PortableMath.Normal(_random)));
            _payersUpTo.Add(payers += weight);
            _makersUpTo.Add(makers += weight * peer.Plan.Settings.Share);
        }
    }

    private WorkloadConfig Config => _run.Config.Workload;

    /// <summary>Whether anything is left to the peers' own intervals.</summary>
    public bool PeersGenerate => Config.BlockInterval is null || Config.TransactionInterval is null;

    /// <summary>
    /// The peer without the timer of what the simulator has peers make, where the other timer is to go on. Where none
    /// is, the peers rest as a whole and keep their timers: without them they would draw other random numbers, and runs
    /// of earlier versions could not be repeated.
    /// </summary>
    public static PeerPlan Relieve(PeerPlan plan, WorkloadConfig work)
    {
        var settings = plan.Settings;
        if (work is { BlockInterval: not null, TransactionInterval: not null })
        {
            return plan;
        }

        if (work.BlockInterval is not null && settings.BlockInterval != TimeSpan.Zero)
        {
            settings = settings with { BlockInterval = TimeSpan.Zero };
        }

        if (work.TransactionInterval is not null && settings.TransactionInterval != TimeSpan.Zero)
        {
            settings = settings with { TransactionInterval = TimeSpan.Zero };
        }

        // Thousands of peers share their settings.
        return ReferenceEquals(settings, plan.Settings) ? plan : plan with { Settings = settings };
    }

    public void Start()
    {
        if (!PeersGenerate)
        {
            foreach (var peer in _peers)
            {
                SimulationRun.Rest(peer);
            }
        }

        Repeat(Config.BlockInterval, MakeBlock);
        Repeat(Config.TransactionInterval, MakeTransaction);
    }

    public void Stop() => _isOver = true;

    private void Repeat(TimeSpan? interval, Action make)
    {
        if (interval is { } mean)
        {
            _run.At(_run.Now + Gap(mean), () =>
            {
                if (!_isOver)
                {
                    make();
                    Repeat(mean, make);
                }
            });
        }
    }

    private TimeSpan Gap(TimeSpan mean) => Config.Arrivals == Arrivals.Periodic
        ? mean
        : mean * PortableMath.Exponential(_random.NextDouble());

    private void MakeBlock() => Choose(_makersUpTo)?.Apply(new Mine());

    private void MakeTransaction()
    {
        if (Choose(_payersUpTo) is { } payer)
        {
            var payee = _peers[_random.Next(_peers.Count)];
            payer.Apply(new Pay(payee.Id, 1 + _random.Next(100)));
        }
    }

    /// <summary>By weight; null if the one chosen is down, as its share of the work is then.</summary>
    private SimulatedPeer? Choose(List<double> upTo)
    {
        var at = _random.NextDouble() * upTo[^1];
        var index = upTo.BinarySearch(at);

        // An exact hit is the end of a peer's part, and so belongs to the next one.
        index = index < 0 ? ~index : index + 1;
        while (index < _peers.Count - 1 && upTo[index] <= at)
        {
            index++;
        }

        var chosen = _peers[Math.Min(index, _peers.Count - 1)];
        return chosen.IsRunning ? chosen : null;
    }
}
