using Blockchain.Events.Messages;
using Blockchain.Shared;

namespace Blockchain.Simulation.Tests.Messages;

/// <summary>A run of which every event and every single message is kept.</summary>
internal sealed class TracedRun
{
    private readonly List<PeerEvent> _events = [];

    public TracedRun(SimulationConfig config, TimeSpan length)
    {
        Run = new SimulationRun(config, peer => new Follower(_events));
        Run.RunFor(length);
        History = MessageHistory.Of(_events);
    }

    public SimulationRun Run { get; }

    public IReadOnlyList<PeerEvent> Events => _events;

    public MessageHistory History { get; }

    private sealed class Follower(List<PeerEvent> events) : ISimulatedPeerObserver
    {
        public bool WantsMessages => true;

        public void Happened(PeerEvent what) => events.Add(what);
    }
}
