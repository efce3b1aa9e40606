using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>
/// A planned network that the test itself drives, with a record of what each peer saw; all invariants checked.
/// </summary>
internal sealed class RecordedRun
{
    private readonly Dictionary<SimulatedPeer, Recorder> _recorders = [];

    public RecordedRun(NetworkPlan plan, ulong seed)
    {
        var config = new SimulationConfig
        {
            Network = new PlannedNetwork(plan),
            Seed = seed,
            Stop = new StopCondition { Duration = TimeSpan.FromDays(1) },
            Checks = new CheckConfig { Interval = TimeSpan.FromSeconds(10) },
        };
        Run = new SimulationRun(config, peer => _recorders[peer] = new Recorder());
    }

    public SimulationRun Run { get; }

    public SimulatedPeer this[string id] => Run[id];

    /// <summary>Every honest running peer has the same chain, and on it or beside it every honest block.</summary>
    public bool HasConverged =>
        HasOneChain && Run.Honest.All(peer => HonestBlocks().All(peer.Core.Ledger.Chain.Contains));

    public bool HasOneChain => Run.Honest.Select(peer => peer.Core.Ledger.Chain.Tip?.Id).Distinct().Count() == 1;

    public Recorder Of(SimulatedPeer peer) => _recorders[peer];

    public IEnumerable<Hash256> HonestBlocks() =>
        Run.Honest.SelectMany(peer => Of(peer).Made).Select(block => block.Block);

    public string Describe() => Run.Describe() + "\n" + string.Join('\n', _recorders.Select(
        recorder => $"{recorder.Key.Id} drops [{string.Join(' ', recorder.Value.Drops)}]"));
}
