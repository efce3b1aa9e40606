using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Acts;

/// <summary>
/// A network that acts are done to. All its methods are called by one caller at a time. In virtual time each task that
/// they return is complete already.
/// </summary>
public interface IActHost
{
    /// <summary>Every peer of the network, whether it runs or not.</summary>
    IReadOnlyList<PeerPlan> Peers { get; }

    /// <summary>What shares of peers, and times of churn, are drawn from.</summary>
    SeededRandom Random { get; }

    bool IsRunning(PeerId peer);

    /// <summary>Tells a peer that runs something.</summary>
    Task<Told> TellAsync(PeerId peer, PeerCommand command);

    /// <summary>Starts a peer that is down.</summary>
    /// <param name="orders">What it is told before anything else.</param>
    Task StartAsync(PeerId peer, IReadOnlyList<PeerCommand> orders);

    /// <summary>Ends a peer that runs, in an orderly way.</summary>
    Task StopAsync(PeerId peer);

    /// <summary>Ends a peer that runs, from one moment to the next.</summary>
    Task KillAsync(PeerId peer);

    /// <summary>Has something done later.</summary>
    void Schedule(TimeSpan delay, Func<Task> action);
}
