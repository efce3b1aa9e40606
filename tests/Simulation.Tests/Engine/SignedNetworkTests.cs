using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Engine;

/// <summary>A signed network in virtual time: the same messages, and a count of what its nodes would compute.</summary>
public sealed class SignedNetworkTests
{
    [Fact]
    public void Run_SignedNetwork_CountsWhatIsSignedAndVerifiedAndAgreesOnOneChain()
    {
        var (signed, plain) = (Run(isSigned: true), Run(isSigned: false));

        Assert.Null(plain.Signatures);
        Assert.True(signed.Height > 5, $"height {signed.Height}");
        Assert.Equal(1, signed.Delivery);
        Assert.DoesNotContain(
            signed.Drops, drop => drop.Reason is DropReason.InvalidSignature or DropReason.UnknownMaker);

        // Each block is signed once, and verified once by each of the other five, whose relays are signed as well.
        var blocks = signed.Blocks.Count;
        Assert.InRange(signed.Signatures!.Made, blocks + signed.Transactions, long.MaxValue);
        Assert.InRange(signed.Signatures.Verified, 5 * blocks, 200 * (blocks + signed.Transactions));
    }

    [Fact]
    public void Run_Twice_CountsTheSame() =>
        Assert.Equal(Run(isSigned: true).Signatures, Run(isSigned: true).Signatures);

    private static SimulationResult Run(bool isSigned)
    {
        var settings = PeerSettings.Default with { Latency = default, DropProbability = 0 };
        var peers = Enumerable.Range(0, 6).Select(i => new PeerPlan
        {
            Info = new PeerInfo(new PeerId($"p{i}"), $"10.0.0.{i + 1}", 5000, i > 3, i == 3, i > 1 ? 1 : -1),
            Settings = settings,
        });
        return new SimulationRun(new SimulationConfig
        {
            Network = new PlannedNetwork(new NetworkPlan(peers, settings) { IsSigned = isSigned, Work = 20 }),
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(2), Settle = TimeSpan.FromMinutes(1) },
        }).Run(cancellation: TestContext.Current.CancellationToken);
    }
}
