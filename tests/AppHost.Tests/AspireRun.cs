using Blockchain.Network.Scenarios;
using Blockchain.Trials;

namespace Blockchain.AppHost.Tests;

/// <summary>Less than a minute of the shipped network, in which blocks are made four times as often.</summary>
public sealed class AspireRun : NetworkRun
{
    public AspireRun()
        : this(new AspireNetwork(settings => settings with
        {
            BlockInterval = TimeSpan.FromSeconds(5),
            TransactionInterval = TimeSpan.FromSeconds(4),
        }))
    {
    }

    private AspireRun(AspireNetwork network)
        : base(network, HostNames.Aspire, TimeSpan.FromSeconds(30)) => Aspire = network;

    internal AspireNetwork Aspire { get; }
}
