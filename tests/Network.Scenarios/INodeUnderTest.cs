using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Scenarios;

/// <summary>One peer of a network under test, over all the runs of its process.</summary>
public interface INodeUnderTest
{
    /// <summary>With the address that it has in this run.</summary>
    PeerPlan Plan { get; }

    NodeClient Client { get; }

    /// <summary>Whether its process runs, well or not.</summary>
    bool IsRunning { get; }

    /// <summary>Starts the process; does not wait until it serves.</summary>
    Task StartAsync();

    /// <summary>Ends the process in the rudest way that its host offers.</summary>
    Task TakeDownAsync();

    /// <summary>What it said last, for the message of a test that fails.</summary>
    IReadOnlyList<string> LastWords { get; }
}
