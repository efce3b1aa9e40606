using Blockchain.Observatory.Acting;
using Blockchain.Shared;

namespace Blockchain.Observatory.Tests.Acting;

public sealed class NetworkActsTests : IAsyncLifetime
{
    private const string Key = "the key";

    private static readonly PeerId One = new("5000");
    private static readonly PeerId Two = new("5001");

    private FakeNode _one = null!;
    private FakeNode _two = null!;
    private Host _host = null!;

    private NetworkActs Acts => _host.Get<NetworkActs>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _one = await FakeNode.StartAsync();
        _two = await FakeNode.StartAsync();
        _host = await Host.StartAsync(
            $"--services:peer-5000:http:0={_one.Url}",
            $"--services:peer-5001:http:0={_two.Url}",
            $"--Observatory:Key={Key}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Acts_EachOfThem_TellsTheNodeWithTheKey()
    {
        await Acts.MineAsync([One], Stop);
        await Acts.SendAsync([One], Two, 7, Stop);
        await Acts.SetMaliciousAsync([One], true, Stop);
        await Acts.SetPausedAsync([One], false, Stop);
        await Acts.SetConditionsAsync([One], 0.25, TimeSpan.FromMilliseconds(5), null, Stop);
        await Acts.SetConditionsAsync([One], null, null, TimeSpan.FromSeconds(1.5), Stop);
        await Acts.SetLoadAsync([One], 12.5, TimeSpan.FromSeconds(30), Stop);
        await Acts.SetLoadAsync([One], 0, null, Stop);

        Assert.Equal(
            [
                "/control/mine",
                "/control/send?to=5001&amount=7",
                "/control/malicious?value=true",
                "/control/pause?value=false",
                "/control/conditions?loss=0.25&latencyMin=5ms",
                "/control/conditions?latencyMax=1500ms",
                "/control/load?tx=12.5&for=30s",
                "/control/load?tx=0",
            ],
            _one.Commands.Select(command => command.Path));
        Assert.All(_one.Commands, command => Assert.Equal(Key, command.Key));
        Assert.Empty(_two.Commands);
    }

    [Fact]
    public async Task Act_OnSeveral_TellsWhoRefusedAndMarksItOnce()
    {
        _two.Refusal = "It has no time.";

        var result = await Acts.SetPausedAsync([One, Two], true, Stop);

        Assert.Equal(1, result.Done);
        Assert.Equal(["5001: It has no time."], result.Problems);
        var remark = Assert.Single(_host.Live.Current.Remarks);
        Assert.Equal((Remark.Everybody, "1 of 2 peers: paused"), (remark.Peer, remark.Text));
    }

    [Fact]
    public async Task Act_ThatNobodyDid_IsNotMarked()
    {
        await _one.DisposeAsync();

        var result = await Acts.MineAsync([One], Stop);

        Assert.Equal(0, result.Done);
        Assert.StartsWith("5000: ", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.Empty(_host.Live.Current.Remarks);
    }

    [Fact]
    public async Task Partition_OfANetwork_CutsOffItsMembersOnly()
    {
        foreach (var happened in new Story().Up("5000", network: 1).Up("5001", network: 2).Events)
        {
            _host.Live.Add(happened);
        }

        var result = await Acts.SetCutOffAsync(2, true, Stop);

        Assert.Equal((1, "network 2: cut off"), (result.Done, result.Text));
        Assert.Equal(["/control/cut-off?value=true"], _two.Commands.Select(command => command.Path));
        Assert.Empty(_one.Commands);
    }

    [Fact]
    public async Task Acts_WithoutKey_SayWhyTheyAreOff()
    {
        await using var host = await Host.StartAsync();

        Assert.Contains("Observatory:Key", host.Get<NetworkActs>().OffBecause, StringComparison.Ordinal);
        Assert.Null(Acts.OffBecause);
    }
}
