using System.Text.Json;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests;

public sealed class ScrapeConfigurationTests
{
    [Fact]
    public void Targets_ShippedNetwork_TellPeerNetworkAndRole()
    {
        using var file = typeof(ScrapeConfigurationTests).Assembly.GetManifestResourceStream("peers.json")!;
        using var text = new MemoryStream();
        file.CopyTo(text);
        var plan = PeersFile.Parse(text.ToArray()).Plan!;
        var list = Read(plan.Peers.Select(peer => new ScrapeTarget(peer.Info, $"127.0.0.1:{plan.HttpPort(peer.Id)}")));
        Assert.Equal(
            [
                ("127.0.0.1:7000", "5000", "network-1", "light"),
                ("127.0.0.1:7001", "5001", "network-1", "full"),
                ("127.0.0.1:7002", "5002", "network-1", "full"),
                ("127.0.0.1:7003", "5003", "network-1", "full"),
                ("127.0.0.1:7004", "5004", "network-public", "full"),
                ("127.0.0.1:7005", "5005", "network-public", "full"),
                ("127.0.0.1:7006", "5006", "network-2", "light"),
                ("127.0.0.1:7007", "5007", "network-2", "full"),
                ("127.0.0.1:7008", "5008", "network-2", "light"),
                ("127.0.0.1:7009", "5009", "network-2", "full"),
                ("127.0.0.1:7010", "5010", "network-public", "full"),
            ],
            list);
    }

    [Fact]
    public void Targets_NameWithQuotes_IsStillJson()
    {
        var info = new PeerInfo(new PeerId("a\"b\\"), "127.0.0.1", 1, Nat: false, Light: false, PeerInfo.NoNetwork);
        Assert.Equal("a\"b\\", Assert.Single(Read([new ScrapeTarget(info, "127.0.0.1:2001")])).Peer);
    }

    [Fact]
    public void Targets_NobodyRuns_IsAnEmptyList() => Assert.Empty(Read([]));

    [Fact]
    public void Configuration_Always_NamesTheListBesideIt() =>
        Assert.Contains($"- files: [\"{ScrapeConfiguration.TargetsFile}\"]", ScrapeConfiguration.Configuration,
            StringComparison.Ordinal);

    private static (string? Address, string? Peer, string? Network, string? Role)[] Read(
        IEnumerable<ScrapeTarget> targets)
    {
        using var list = JsonDocument.Parse(ScrapeConfiguration.Targets(targets));
        return
        [
            .. list.RootElement.EnumerateArray().Select(item =>
            {
                var labels = item.GetProperty("labels");
                return (
                    Assert.Single(item.GetProperty("targets").EnumerateArray()).GetString(),
                    labels.GetProperty("peer").GetString(),
                    labels.GetProperty("network").GetString(),
                    labels.GetProperty("role").GetString());
            }),
        ];
    }
}
