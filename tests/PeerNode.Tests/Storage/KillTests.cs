using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>
/// A node that makes blocks all the time, is sent blocks and transactions, and is killed again and again: whatever
/// anybody was told of, by a line or by a page, is there when it runs again.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(400);

    private readonly TestFolder _folder = new();
    private readonly string _network = NodeFixture.NewNetwork();
    private readonly IPEndPoint _p2p;
    private readonly string _file;
    private readonly HashSet<string> _told = [];
    private TaskCompletionSource _heard = new();
    private Hash256 _ownTip = Hash256.Genesis;
    private int _made;

    public KillTests()
    {
        _p2p = new IPEndPoint(IPAddress.Parse($"{_network}.1"), NodeFixture.FreePort($"{_network}.1"));
        _file = _folder.Write("peers.json", $$"""
            {
              "defaults": {
                "transactionInterval": 0, "blockInterval": "20ms", "dropProbability": 0, "latency": 0,
                "sendLimit": 0, "inboundLimit": 0, "queueLimit": 0, "capacity": 0, "syncInterval": "500ms"
              },
              "peers": {
                "1": { "ip": "{{_p2p.Address}}", "port": {{_p2p.Port}} },
                "3": { "ip": "{{_network}}.3", "port": 5003 }
              }
            }
            """);
    }

    [Fact]
    public Task Node_KilledAtRandomPoints_HasAllThatItAnnounced() =>
        RunAsync(kills: 24, least: 3, atMost: TimeSpan.FromSeconds(10));

    /// <summary>The long run: <c>-explicit only -method '*300*'</c>.</summary>
    [Fact(Explicit = true)]
    public Task Node_KilledAt300RandomPoints_HasAllThatItAnnounced() =>
        RunAsync(kills: 300, least: 300, atMost: TimeSpan.FromHours(1));

    [Fact]
    public async Task Node_Terminated_EndsWith0AndHasAllThatItAnnounced()
    {
        using (var node = NodeProcess.Start(_file, _folder.Path, FreePort()))
        {
            await node.UntilUpAsync();
            using var peer = await node.ConnectAsync($"{_network}.3", _p2p);
            var hearing = HearAsync(peer);
            await Eventually.BecomesAsync(async () => { await Task.Yield(); return HasHeard(3); }, true);
            await node.TerminateAsync();
            await hearing;
            Assert.Equal(0, node.ExitCode);
        }

        await CheckAsync(0);
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(int kills, int least, TimeSpan atMost)
    {
        var clock = Stopwatch.StartNew();
        var seed = (ulong)Environment.TickCount64;
        var random = new SeededRandom(seed);
        var done = 0;
        for (; done < kills && (done < least || clock.Elapsed < atMost); done++)
        {
            using var node = NodeProcess.Start(_file, _folder.Path, FreePort());
            using var peer = await node.ConnectAsync($"{_network}.3", _p2p);
            _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var hearing = HearAsync(peer);
            var load = LoadAsync(peer, node);

            // Mostly while it is at work, and sometimes while it begins.
            if (random.Chance(0.9))
            {
                await _heard.Task.WaitAsync(3 * TestClient.Deadline);
            }

            await Task.Delay(random.NextDouble() * LongestLife);
            await node.KillAsync();
            await Task.WhenAll(hearing, load);
            if (done % 10 == 9)
            {
                var announced = await CheckAsync(done);
                Say($"{done + 1} kills, {announced} blocks announced, none missing");
            }
        }

        var heard = await CheckAsync(done);
        Say($"seed {seed}: {done} kills in {clock.Elapsed.TotalSeconds:0} s, {heard} blocks announced, none missing");
        Assert.True(heard > done, $"Only {heard} blocks were announced; nothing is shown by that (seed {seed}).");
    }

    /// <summary>Everything that its lines name.</summary>
    private async Task HearAsync(TestClient peer)
    {
        try
        {
            await peer.SendAsync(TestClient.Hello("3", $"{_network}.3", 5003));
            await peer.SendAsync("{\"type\": \"GET_BLOCK_HEADERS\", \"sender\": \"3\", \"message_id\": \""
                + Guid.NewGuid() + "\"}");
            while (await peer.ReceiveLineAsync() is { } line)
            {
                if (JsonNode.Parse(line) is JsonObject message)
                {
                    Hear(message);
                }
            }
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException or ObjectDisposedException)
        {
            // The end of a process that is killed; a line may be cut short by it.
        }
    }

    private void Hear(JsonObject message)
    {
        string[] ids = message["type"]!.GetValue<string>() switch
        {
            "INV" => [.. message["block_ids"]!.AsArray().Select(id => id!.GetValue<string>())],
            "BLOCK" => [message["block_id"]!.GetValue<string>()],
            "BLOCK_HEADERS" => [.. message["headers"]!.AsArray().Select(one => one!["block_id"]!.GetValue<string>())],
            "GET_BLOCK_HEADERS" when message["locator"] is JsonArray locator =>
                [.. locator.Select(id => id!.GetValue<string>())],
            _ => [],
        };
        lock (_told)
        {
            _told.UnionWith(ids);
        }

        if (message["type"]!.GetValue<string>() == "INV")
        {
            _heard.TrySetResult();
        }
    }

    /// <summary>Blocks of peer 3, ten in a row on the tip that the page shows, with which they compete.</summary>
    private async Task LoadAsync(TestClient peer, NodeProcess node)
    {
        try
        {
            while (true)
            {
                var block = BlockFactory.Create(
                    new PeerId("3"),
                    1_700_000_000 + ++_made,
                    _ownTip,
                    [TransactionFactory.Create("3", "1", _made, 1_700_000_000.5)]);
                await peer.SendAsync(Encoding.UTF8.GetString(block.Json.Span));
                _ownTip = block.Id;
                if (_made % 10 == 0)
                {
                    var status = await new NodeClient(node.Http, node.Http.BaseAddress!, null).StatusAsync();
                    lock (_told)
                    {
                        _told.UnionWith(status.Tip is { } tip ? [tip] : []);
                    }

                    _ownTip = Hash256.TryParse(status.Tip, out var shown) ? shown : Hash256.Genesis;
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException
            or TaskCanceledException or TimeoutException)
        {
            // It was killed.
        }
    }

    private bool HasHeard(int atLeast)
    {
        lock (_told)
        {
            return _told.Count >= atLeast;
        }
    }

    /// <summary>Starts it once more, alone.</summary>
    private async Task<int> CheckAsync(int kills)
    {
        using var node = NodeProcess.Start(_file, _folder.Path, FreePort());
        await node.UntilUpAsync();
        var tree = JsonNode.Parse(await node.Http.GetStringAsync(
            NodeRoutes.Arrivals, TestContext.Current.CancellationToken))!.AsArray();
        var has = tree.Select(block => block!["block_id"]!.GetValue<string>()).ToHashSet();
        var missing = _told.Where(id => !has.Contains(id)).ToArray();
        Assert.True(missing.Length == 0, string.Create(
            CultureInfo.InvariantCulture,
            $"After {kills} kills {missing.Length} of {_told.Count} announced blocks are missing, such as "
            + $"{missing.FirstOrDefault()}."));
        await node.KillAsync();
        return _told.Count;
    }

    private static void Say(FormattableString what) =>
        TestContext.Current.TestOutputHelper!.WriteLine(what.ToString(CultureInfo.InvariantCulture));

    private static int FreePort() => NodeFixture.FreePort("127.0.0.1");
}
