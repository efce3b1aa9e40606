using Blockchain.Launching.Machine;
using System.Text.Json.Nodes;
using Blockchain.Events;
using Blockchain.Network.Scenarios;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests.Containers;

/// <summary>What is published, as containers: NAT is not acted here but is what their networks make it.</summary>
public sealed class PublishedNetworkTests(PublishedNetwork run) : IClassFixture<PublishedNetwork>
{
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Connections_BetweenContainers_AreThoseThatTheirNetworksAllow()
    {
        var network = await run.HealthyAsync();
        var services = network.Services.Keys.ToArray();
        var addresses = await network.AddressesAsync();
        HashSet<string>[] answers = [];
        await Eventually.HoldsAsync(
            "containers of the same network answer each other",
            async () =>
            {
                answers = await Task.WhenAll(services.Select(AnswersToAsync));
                return services.Zip(answers).All(pair => services.Where(
                    to => to != pair.First && Shares(pair.First, to))
                    .All(to => pair.Second.Contains($"{to}:{PortOf(to)}")));
            },
            Spread,
            network.DescribeAsync);

        foreach (var (from, answered) in services.Zip(answers))
        {
            foreach (var to in services.Where(to => to != from))
            {
                if (Shares(from, to))
                {
                    continue;
                }

                Assert.False(answered.Contains($"{to}:{PortOf(to)}"), $"{to} answers {from}");
                Assert.DoesNotContain(addresses[to], address => answered.Contains($"{address}:{PortOf(to)}"));
            }
        }

        // As the plan has it, and the networks under test do not just confirm themselves.
        foreach (var (from, answered) in services.Zip(answers).Where(pair => pair.First != ServiceNames.Observatory))
        {
            Assert.Equal(
                network.Plan.Peers.Where(to => network.Plan.CanReach(PeerOf(from), to.Id)).Select(
                    to => ServiceNames.OfPeer(to.Id)).Order(),
                network.Plan.Peers.Select(to =>
                    ServiceNames.OfPeer(to.Id)).Where(to => answered.Contains($"{to}:{PortOf(to)}")).Order());
        }

        bool Shares(string from, string to) => network.Services[from].Intersect(network.Services[to]).Any();

        Task<HashSet<string>> AnswersToAsync(string from) => AnswersAsync(
            from,
            services.Where(to => to != from).SelectMany(to => (string[])[to, .. addresses[to]], (to,
                host) => $"{host}:{PortOf(to)}"));
    }

    [Fact]
    public async Task BlocksOfPeersBehindNat_MadeInTheirContainers_ReachEveryHonestPeer()
    {
        var network = await run.HealthyAsync();
        var makers = network.Plan.Peers.Where(peer => peer.Info is { Nat: true, Light: false }).DistinctBy(
            peer => peer.Info.NetworkId).ToArray();
        Assert.Equal(2, makers.Length);
        var honest = network.Plan.Peers.Where(peer => !peer.Malicious).Select(peer => peer.Id).ToArray();
        var blocks = await Task.WhenAll(makers.Select(MineAsync));

        var time = await Eventually.HoldsAsync(
            $"{string.Join(", ", honest)} have the blocks {string.Join(", ", blocks)}",
            async () => (await LackingAsync()).Length == 0,
            Spread,
            async () => string.Join('\n', await LackingAsync()));
        Say($"blocks of {string.Join(" and ", makers.Select(maker => maker.Id))} were everywhere after "
            + $"{time.TotalSeconds:0.0} s");

        async Task<string[]> LackingAsync()
        {
            var accepted = (await RecordingAsync()).OfType<BlockAccepted>()
                .Select(block => (block.Peer, $"{block.Block}")).ToHashSet();
            return [.. from block in blocks from peer in honest where !accepted.Contains(
                (peer, block)) select $"{peer} lacks {block}"];
        }
    }

    [Fact]
    public async Task Observatory_InItsContainer_SeesEveryPeer()
    {
        var network = await run.HealthyAsync();
        var expected = network.Plan.Peers.Select(peer => peer.Id).Order().ToArray();
        await Eventually.HoldsAsync(
            "all peers are up", async () => expected.SequenceEqual(await UpAsync()), Spread, network.DescribeAsync);

        async Task<IEnumerable<PeerId>> UpAsync() =>
            (await RecordingAsync()).OfType<PeerUp>().Select(up => up.Peer).Distinct().Order();
    }

    [Fact]
    public async Task Containers_OfTheNetwork_HaveNoMoreThanTheyNeed()
    {
        const string look = """
            while read -r key value; do case $key in CapBnd:|NoNewPrivs:|VmRSS:) echo "$key $value";; esac; done </proc/1/status
            echo "forward: $(cat /proc/sys/net/ipv4/ip_forward)"
            for file in /app/file /etc/file /home/app/file /tmp/file; do (echo >$file) 2>/dev/null && echo "writes $file"; done
            cd /sys/fs/cgroup
            for file in memory/memory.limit_in_bytes memory.max pids/pids.max pids.max cpu/cpu.cfs_quota_us cpu.max; do
              [ -r $file ] && echo "${file##*/}: $(cat $file)"
            done
            true
            """;
        var network = await run.HealthyAsync();
        foreach (var service in network.Services.Keys)
        {
            var seen = (await network.ExecuteAsync(service, look)).Split('\n');
            Say($"{service}: {string.Join(", ", seen)}");
            Assert.Contains("CapBnd: 0000000000000000", seen);
            Assert.Contains("NoNewPrivs: 1", seen);
            Assert.Contains("forward: 0", seen);
            Assert.Equal(["writes /tmp/file"], seen.Where(line => line.StartsWith("writes", StringComparison.Ordinal)));
            if (!network.IsLimited)
            {
                continue;
            }

            Assert.Contains($"{512 * 1024 * 1024}", Limit(seen, "memory"));
            Assert.Contains("256", Limit(seen, "pids"));
            Assert.StartsWith("100000", Limit(seen, "cpu"), StringComparison.Ordinal);
        }

        static string Limit(string[] seen, string kind) =>
            Assert.Single(seen, line => line.StartsWith($"{kind}.", StringComparison.Ordinal)).Split(": ")[1];
    }

    [Fact]
    public async Task Containers_ThatAreStopped_EndInTime()
    {
        var network = await run.HealthyAsync();
        using var machine = new MachineProbe();
        var stopped = await network.StopAsync(StopWithin);

        // One that takes longer is killed, which its exit code tells.
        string[] late = [.. stopped.Where(one => one.Value != 0).Select(one => $"{one.Key}: exit code {one.Value}")];
        var reading = machine.Read(TimeSpan.Zero);
        Say($"{stopped.Count - late.Length} of {stopped.Count} ended within {StopWithin.TotalSeconds} s ({reading})");
        Assert.SkipWhen(late.Length > 0 && !reading.IsAble, $"Not judged, since the machine was too busy: {reading}");
        Assert.Empty(late);
    }

    /// <summary>
    /// Those of the targets, a name or address and a port each, that a container can connect to in some seconds.
    /// </summary>
    private async Task<HashSet<string>> AnswersAsync(string from, IEnumerable<string> targets)
    {
        var text = await run.ExecuteAsync(from, $$"""
            timeout 5 bash -c '
              for target in {{string.Join(' ', targets)}}; do
                (exec 3<>/dev/tcp/${target/:/\/}) 2>/dev/null && echo $target &
              done
              wait
            '
            true
            """);
        return [.. text.Split('\n')];
    }

    /// <summary>Commanded from inside, for nobody outside reaches it.</summary>
    private async Task<string> MineAsync(PeerPlan maker)
    {
        var answer = await run.ExecuteAsync(ServiceNames.OfPeer(maker.Id), $$"""
            exec 3<>/dev/tcp/127.0.0.1/{{run.Plan.HttpPort(maker.Id)}}
            printf '%s\r\n' 'POST {{ControlRoutes.Root}}/mine HTTP/1.0' 'Host: localhost' \
              '{{ControlRoutes.KeyHeader}}: {{PublishedNetwork.ControlKey}}' 'Content-Length: 0' '' >&3
            cat <&3
            """);
        return JsonNode.Parse(answer[answer.IndexOf('{')..])!["block_id"]!.GetValue<string>();
    }

    /// <summary>What the Observatory has heard from the peers.</summary>
    private async Task<IEnumerable<PeerEvent>> RecordingAsync()
    {
        using var http = new HttpClient();
        var url = new Uri(await run.UrlAsync(ServiceNames.Observatory, NetworkPlan.ObservatoryPort), "recording.jsonl");
        var lines = (await http.GetStringAsync(url, TestContext.Current.CancellationToken)).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Skip(1).Select(
            line => EventJson.Read(System.Text.Encoding.UTF8.GetBytes(line))).OfType<PeerEvent>();
    }

    private int PortOf(string service) => service == ServiceNames.Observatory
        ? NetworkPlan.ObservatoryPort
        : run.Plan[PeerOf(service)].Info.Port;

    private PeerId PeerOf(string service) => run.Plan.Peers.Single(peer => ServiceNames.OfPeer(peer.Id) == service).Id;

    private static void Say(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);
}
