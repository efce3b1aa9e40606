using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching.Nodes;

/// <summary>One peer that is a process, over all the runs of that process.</summary>
public interface ITrialNode
{
    /// <summary>With the address that it has in this run.</summary>
    PeerPlan Plan { get; }

    NodeClient Client { get; }

    /// <summary>Whether its process runs, well or not.</summary>
    bool IsRunning { get; }

    /// <summary>What it said last.</summary>
    IReadOnlyList<string> LastWords { get; }

    /// <summary>Starts the process and waits until it serves.</summary>
    Task StartAsync();

    /// <summary>Ends the process in an orderly way.</summary>
    Task StopAsync();

    /// <summary>Ends the process in the rudest way that its host offers.</summary>
    Task KillAsync();
}
