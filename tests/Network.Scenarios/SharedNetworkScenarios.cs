namespace Blockchain.Network.Scenarios;

/// <summary>The shipped scenarios that share one network of the shipped file.</summary>
public abstract class SharedNetworkScenarios(NetworkRun run)
{
    [Fact]
    public void Healthy_OnTheSharedNetwork_Held() => run.Healthy.AssertHeld();

    [Fact]
    public async Task KilledPeer_OnTheSharedNetwork_Holds() => (await run.RunAsync("killed-peer")).AssertHeld();
}
