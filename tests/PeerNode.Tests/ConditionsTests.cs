using System.Net;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Tests;

/// <summary>Loss, latency and load, changed while the node runs.</summary>
public sealed class ConditionsTests
{
    [Fact]
    public async Task Loss_Changed_LosesWhatIsSentFromThenOn()
    {
        await using var node = await NodeFixture.StartAsync();
        using var known = await node.ConnectAsync(3);
        await known.AssertServedAsync();
        Assert.Equal(0, await LostAsync(node));

        var switches = await PostAsync(node, "conditions?loss=1");
        await PostAsync(node, "mine");

        Assert.Equal(1, switches["loss"]!.GetValue<double>());
        Assert.NotEqual(0, await LostAsync(node));
        await PostAsync(node, "conditions?loss=0");
        await known.AssertServedAsync();
    }

    [Fact]
    public async Task Conditions_InAnyUnit_AreInTheAnswerAndInAnEvent()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var follower = new Follower(node.Host);
        var before = await follower.NextAsync<PeerSwitched>();

        var switches = await PostAsync(node, "conditions?loss=0.25&latencyMin=20ms&latencyMax=1.5s");
        var told = await follower.NextAsync<PeerSwitched>();
        var moved = await PostAsync(node, "conditions?latencyMax=10ms");

        Assert.Equal((0, TimeSpan.Zero, TimeSpan.Zero), (before.Loss, before.LatencyMin, before.LatencyMax));
        Assert.Equal(
            (0.25, 0.02, 1.5),
            (switches["loss"]!.GetValue<double>(),
                switches["latency_min"]!.GetValue<double>(),
                switches["latency_max"]!.GetValue<double>()));
        Assert.Equal(
            (0.25, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1.5)),
            (told.Loss, told.LatencyMin, told.LatencyMax));
        Assert.Equal(
            (0.01, 0.01), (moved["latency_min"]!.GetValue<double>(), moved["latency_max"]!.GetValue<double>()));
    }

    public static TheoryData<PeerCommand> Commands =>
    [
        new SetMalicious(true), new SetMalicious(true, "withhold"), new SetMalicious(false), new SetGenerating(false),
        new SetCutOff(true), new SetPaused(true), new SetPartition(PeerSet.Of("2", "3")),
        new SetPartition(PeerSet.None), new SetLoad(5, TimeSpan.FromSeconds(9)),
        new SetConditions(0.5, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1)) { Burst = 8, Capacity = 250 },
        new SetConditions { Capacity = 0.5, To = PeerSet.Of("2", "3") }, new SetConditions { Clear = true },
        // Longer than the first line of a request may be.
        new SetPartition(PeerSet.Of(Enumerable.Range(5_000, 4_000).Select(id => $"{id}"))),
    ];

    /// <summary>
    /// A command goes through its text form to the node, and the peer is then as one that was told it directly.
    /// </summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_OverHttp_DoesWhatItDoesDirectly(PeerCommand command)
    {
        await using var node = await NodeFixture.StartAsync();
        await using var follower = new Follower(node.Host);
        await follower.NextAsync<PeerSwitched>();
        var client = new NodeClient(node.Http, node.Http.BaseAddress!, NodeFixture.Key);

        var answer = await client.TellAsync(command, TestContext.Current.CancellationToken);

        var told = await follower.NextAsync<PeerSwitched>();
        var direct = new Peer(node.Host.Options.Plan, [], new Nowhere(), new Nowhere(), seed: 1);
        Assert.Null(direct.Apply(told.Time, command).Refusal);
        Assert.Equal(direct.Switches(told.Time), told);
        Assert.Equal(
            new SwitchAnswer(
                told.Malicious, told.Generating, told.CutOff, told.Paused, told.Loss, told.LatencyMin.TotalSeconds,
                told.LatencyMax.TotalSeconds, told.Load, told.Behaviour, told.Burst, told.Capacity, told.Pairs,
                told.Blocked),
            answer);
        var status = await client.StatusAsync(TestContext.Current.CancellationToken);
        Assert.Equal(direct.Behaviour, status.Behaviour);
    }

    [Fact]
    public void Commands_OverHttp_AreOfEveryKindThatIsASwitch() => Assert.Equal(
        typeof(PeerCommand).Assembly.GetTypes()
            .Where(type => type.BaseType == typeof(PeerCommand) && type != typeof(Mine) && type != typeof(Pay))
            .Select(type => type.Name).Order(),
        Commands.Select(row => row.Data.GetType().Name).Distinct().Order());

    [Fact]
    public async Task Partition_FromANeighbour_KeepsAnswersFromItUntilItIsHealed()
    {
        await using var node = await NodeFixture.StartAsync();
        using var known = await node.ConnectAsync(3);
        await known.AssertServedAsync();

        await PostAsync(node, "partition?from=3");
        await known.SendAsync(TestClient.Ping("3", 7));
        await Eventually.BecomesAsync(
            async () => JsonNode.Parse(await node.GetTextAsync("/drop_stats?by=reason"))!["PONG"]?.ToJsonString(),
            """{"Unreachable":1}""");
        await PostAsync(node, "partition?from=none");

        // The first PONG that comes is for a later PING than that of 7.
        await known.AssertServedAsync();
    }

    [Theory]
    [InlineData("malicious?value=true")]
    [InlineData("generate?value=false")]
    [InlineData("cut-off?value=true")]
    [InlineData("pause?value=true")]
    public async Task Switch_Changed_IsAnEvent(string path)
    {
        await using var node = await NodeFixture.StartAsync();
        await using var follower = new Follower(node.Host);
        var before = await follower.NextAsync<PeerSwitched>();

        await PostAsync(node, path);
        var after = await follower.NextAsync<PeerSwitched>();

        Assert.NotEqual(
            (before.Malicious, before.Generating, before.CutOff, before.Paused),
            (after.Malicious, after.Generating, after.CutOff, after.Paused));
    }

    [Fact]
    public async Task Load_ForATime_MakesTransactionsAndEnds()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var follower = new Follower(node.Host);
        await follower.NextAsync<PeerSwitched>();

        var switches = await PostAsync(node, "load?tx=500&for=300ms");

        Assert.Equal(500, switches["load"]!.GetValue<double>());
        Assert.Equal(500, (await follower.NextAsync<PeerSwitched>()).Load);
        var made = await follower.UntilAsync<PeerSwitched>();
        Assert.Equal(0, ((PeerSwitched)made[^1]).Load);
        Assert.InRange(made.OfType<TransactionMade>().Count(), 20, 200);
    }

    [Theory]
    [InlineData("conditions", "give at least one of loss")]
    [InlineData("conditions?loss=1.1", "loss must be")]
    [InlineData("conditions?loss=-0.1", "loss must be")]
    [InlineData("conditions?loss=NaN", "loss must be")]
    [InlineData("conditions?loss=ten", "loss must be")]
    [InlineData("conditions?loss=0.1&loss=0.2", "loss must be")]
    [InlineData("conditions?loss=0.9&burst=2", "needs a burst of at least 9")]
    [InlineData("conditions?burst=0", "burst must be")]
    [InlineData("conditions?capacity=-1", "capacity must be")]
    [InlineData("conditions?to=5003", "give at least one")]
    [InlineData("conditions?to=&loss=0.5", "to must be")]
    [InlineData("conditions?clear=true&loss=0.5", "clear stands alone")]
    [InlineData("partition", "from must be")]
    [InlineData("partition?from=1,,2", "from must be")]
    [InlineData("malicious?value=true&behaviour=lasy", "there is no behaviour")]
    [InlineData("malicious?value=false&behaviour=lazy", "behaviour goes with")]
    [InlineData("conditions?latencyMin=fast", "latencyMin and latencyMax must be durations")]
    [InlineData("conditions?latencyMax=-5ms", "latencyMin and latencyMax must be durations")]
    [InlineData("conditions?latencyMin=2s&latencyMax=1s", "min at most max")]
    [InlineData("conditions?latencyMax=20000h", "latency from 0 to 10000h")]
    [InlineData("load", "tx must be")]
    [InlineData("load?tx=-1", "tx must be")]
    [InlineData("load?tx=10001", "tx must be")]
    [InlineData("load?tx=many", "tx must be")]
    [InlineData("load?tx=5&for=ever", "for must be")]
    [InlineData("load?tx=5&for=0", "for must be")]
    [InlineData("load?tx=5&for=20000h", "for must be")]
    public async Task Control_BadParameters_AreOneClearLineAndChangeNothing(string path, string says)
    {
        await using var node = await NodeFixture.StartAsync();

        using var answer = await node.ControlAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var error = text["error"]!.GetValue<string>();
        Assert.Contains(says, error);
        Assert.DoesNotContain('\n', error);
        var switches = await PostAsync(node, "pause?value=false");
        Assert.Equal(
            (0, 0, 0),
            (switches["loss"]!.GetValue<double>(),
                switches["latency_max"]!.GetValue<double>(),
                switches["load"]!.GetValue<double>()));
    }

    /// <summary>A body that says nothing that can be understood makes no transaction by default.</summary>
    [Theory]
    [InlineData("[1]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("{", "must be JSON")]
    [InlineData("""{"amount": 1, "amount": 2}""", "each key once")]
    [InlineData("""{"amount": "many"}""", "amount must be")]
    [InlineData("""{"amount": {"of": 1}}""", "amount must be")]
    public async Task Control_BadBody_IsOneClearLine(string body, string says)
    {
        await using var node = await NodeFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/send")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(ControlRoutes.KeyHeader, NodeFixture.Key);

        using var answer = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Contains(says, text["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Load_OfALightPeer_IsRefused()
    {
        await using var node = await NodeFixture.StartAsync(own: ", \"light\": true");

        using var answer = await node.ControlAsync("load?tx=5");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    private static async Task<JsonNode> PostAsync(NodeFixture node, string path)
    {
        using var answer = await node.ControlAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<int> LostAsync(NodeFixture node)
    {
        var drops = JsonNode.Parse(await node.GetTextAsync("/drop_stats?by=reason"))!.AsObject();
        return drops.Sum(type => type.Value!["Loss"]?.GetValue<int>() ?? 0);
    }

    private sealed class Nowhere : ITransmitter, IPeerListener
    {
        public void Transmit(in Transmission transmission)
        {
        }

        public void Happened(PeerEvent what)
        {
        }
    }
}
