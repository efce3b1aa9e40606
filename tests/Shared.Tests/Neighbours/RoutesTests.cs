using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;

namespace Blockchain.Shared.Tests.Neighbours;

public class RoutesTests
{
    private static readonly PeerInfo Self = Make.Info("self", nat: true, network: 1);
    private static readonly PeerInfo Far = Make.Info("far", nat: true, network: 2);
    private static readonly PeerInfo GateA = Make.Info("gateA", network: 1);
    private static readonly PeerInfo GateB = Make.Info("gateB", network: 1);
    private static readonly PeerInfo FarGate = Make.Info("farGate", network: 2);

    [Fact]
    public void NextHop_Reachable_IsTheTarget()
    {
        var bench = new ContextBench(Make.Quiet, [GateA, GateB], self: Self);
        Assert.Same(bench[1], bench.Context.Routes.NextHop(bench[1]));
    }

    [Fact]
    public void NextHop_NoGateway_IsNone()
    {
        var bench = new ContextBench(Make.Quiet, [Far, GateA], self: Self);
        Assert.Null(bench.Context.Routes.NextHop(bench[0]));
    }

    [Fact]
    public void NextHop_NothingMeasured_IsTheGatewayWithTheLeastId()
    {
        var bench = new ContextBench(Make.Quiet, [Far, FarGate, GateB, GateA], self: Self);
        Assert.Equal("gateA", Hop(bench));
    }

    [Fact]
    public void NextHop_MeasuredGateways_IsTheNearest()
    {
        var bench = new ContextBench(Make.Quiet, [Far, FarGate, GateA, GateB], self: Self);

        Gate(bench, GateB).AddRoundTrip(TimeSpan.FromMilliseconds(80));
        Assert.Equal("gateB", Hop(bench));
        Gate(bench, GateA).AddRoundTrip(TimeSpan.FromMilliseconds(79));
        Assert.Equal("gateA", Hop(bench));
        Gate(bench, GateB).AddRoundTrip(TimeSpan.FromMilliseconds(8));
        Assert.Equal("gateB", Hop(bench));
    }

    [Fact]
    public void NextHop_RelayDies_TheNextOneTakesOverUntilItIsBack()
    {
        var bench = new ContextBench(Make.Quiet, [Far, FarGate, GateA, GateB], self: Self);
        var (first, second) = (Gate(bench, GateA), Gate(bench, GateB));
        Assert.Equal("gateA", Hop(bench));

        bench.Context.Table.SetStatus(first, PeerStatus.Unreachable);
        Assert.Equal("gateB", Hop(bench));
        bench.Context.Table.Ban(second);
        Assert.Null(bench.Context.Routes.NextHop(bench[0]));
        bench.Context.Table.SetStatus(first, PeerStatus.Alive);
        Assert.Equal("gateA", Hop(bench));
        bench.Context.Table.Forget(first);
        Assert.Null(bench.Context.Routes.NextHop(bench[0]));
    }

    [Fact]
    public void NextHop_RelayBeyondTheFirstDies_LeadsNowhere()
    {
        var bench = new ContextBench(Make.Quiet, [Far, FarGate, GateA], self: Self);
        Assert.Equal("gateA", Hop(bench));
        bench.Context.Table.SetStatus(bench[1], PeerStatus.Unreachable);
        Assert.Null(bench.Context.Routes.NextHop(bench[0]));
    }

    private static string? Hop(ContextBench bench) => bench.Context.Routes.NextHop(bench[0])?.Id.Value;

    private static RemotePeer Gate(ContextBench bench, PeerInfo gate) => bench.Context.Table.Find(gate.Id)!;
}
