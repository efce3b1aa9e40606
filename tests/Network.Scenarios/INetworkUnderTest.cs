using Blockchain.Launching.Nodes;
using Blockchain.Launching;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Scenarios;

/// <summary>A network of processes that somebody, the launcher or Aspire, starts and stops.</summary>
public interface INetworkUnderTest : IAsyncDisposable
{
    /// <summary>The peers that start together, with the addresses that they have in this run.</summary>
    NetworkPlan Plan { get; }

    AddressMode Addresses { get; }

    /// <summary>In the order of the plan.</summary>
    IReadOnlyList<ITrialNode> Nodes { get; }

    /// <summary>Starts all and waits until they are healthy.</summary>
    Task StartAsync();
}
