using CsCheck;

namespace Blockchain.Shared.Tests.Core;

/// <summary>Commands as text.</summary>
public sealed class PeerVerbTests
{
    private const string GiveSome = "give at least one of loss, burst, latencyMin, latencyMax, capacity, clear";
    private const string CapacityRule =
        "capacity must be 0 for no limit, or a number of messages a second from 0.001 to 1000000000";

    private const string BurstRule = "burst must be a number of messages from 1 to 1000000";
    private const string FromRule = "from must be ids of peers with commas between, or none";
    private const string BehaviourRule =
        "behaviour goes with value=true and is not honest; value=false makes a peer honest";

    private static readonly Gen<TimeSpan> Times = Gen.Int[0, 100_000].Select(ms => TimeSpan.FromMilliseconds(ms));

    private static readonly string[] Others =
        [.. Behaviours.All.Names.Except([Behaviours.Honest, Behaviours.FalseIds])];

    private static readonly Gen<PeerSet> Peers =
        Gen.Int[5_000, 5_020].Array[0, 9].Select(ids => PeerSet.Of(ids.Select(id => $"{id}")));

    private static readonly Gen<PeerCommand> Commands = Gen.OneOf<PeerCommand>(
        Gen.Const((PeerCommand)new Mine()),
        Gen.Long[1, long.MaxValue].Select(amount => (PeerCommand)new Pay(new PeerId("5001"), amount)),
        Gen.Bool.Select(value => (PeerCommand)new SetMalicious(value)),
        Gen.Int[0, 2].Select(i => (PeerCommand)new SetMalicious(true, Others[i])),
        Peers.Select(from => (PeerCommand)new SetPartition(from)),
        Gen.Select(Gen.Int[1, 1_000], Gen.Int[0, 10_000], Peers.Where(to => to.Count > 0)).Select(
            (burst, capacity, to) =>
                (PeerCommand)new SetConditions { Burst = burst, Capacity = capacity / 8.0, To = to }),
        Peers.Select(to => (PeerCommand)new SetConditions { To = to.Count > 0 ? to : null, Clear = true }),
        Gen.Bool.Select(value => (PeerCommand)new SetGenerating(value)),
        Gen.Bool.Select(value => (PeerCommand)new SetCutOff(value)),
        Gen.Bool.Select(value => (PeerCommand)new SetPaused(value)),
        Gen.Select(Gen.Double.Unit, Times, Times).Select((loss, min, more) =>
            (PeerCommand)new SetConditions(Math.Round(loss, 6), min, min + more)),
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 1_000]).Select((rate, seconds) =>
            (PeerCommand)new SetLoad(rate, TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void EveryCommand_WrittenAndRead_IsTheSame() => Commands.Sample(command =>
    {
        var (verb, arguments) = PeerVerb.Of(command);
        var given = arguments.ToDictionary();

        Assert.Contains(verb, PeerVerb.All);
        Assert.Subset(verb.Parameters.ToHashSet(), given.Keys.ToHashSet());
        Assert.True(verb.TryParse(given.GetValueOrDefault, out var read, out var problem), problem);
        Assert.Equal(command, read);
    });

    [Fact]
    public void All_HasAVerbForEveryCommand() => Assert.Equal(
        typeof(PeerCommand).Assembly.GetTypes().Count(type => type.BaseType == typeof(PeerCommand)),
        PeerVerb.All.Count);

    [Theory]
    [InlineData("pause", "value", "yes", "value must be true or false")]
    [InlineData("pause", "other", "true", "value must be true or false")]
    [InlineData("send", "amount", "0", "amount must be a whole number above 0")]
    [InlineData("send", "amount", "1.5", "amount must be a whole number above 0")]
    [InlineData("send", "to", "", "to must be the id of a peer, of 1 to 64 characters")]
    [InlineData("conditions", "other", "1", GiveSome)]
    [InlineData("conditions", "loss", "1", null)]
    [InlineData("conditions", "loss", "1.1", "loss must be a number from 0 to 1, such as 0.1")]
    [InlineData("conditions", "loss", "-0.1", "loss must be a number from 0 to 1, such as 0.1")]
    [InlineData("conditions", "latencyMin", "20", null)]
    [InlineData("conditions", "latencyMax", "soon", "latencyMin and latencyMax must be durations such as 20ms or 1.5s")]
    [InlineData("load", "tx", "10000", null)]
    [InlineData("load", "tx", "10001", "tx must be a number of transactions a second from 0 to 10000")]
    [InlineData("load", "for", "1s", "tx must be a number of transactions a second from 0 to 10000")]
    public void TryParse_OneArgument_IsReadOrRefusedInOneLine(string name, string argument, string value, string? says)
    {
        var verb = PeerVerb.All.Single(verb => verb.Name == name);

        Assert.Equal(says is null, verb.TryParse(asked => asked == argument ? value : null, out _, out var problem));
        Assert.Equal(says, problem);
    }

    [Theory]
    [InlineData("malicious value=true behaviour=lazy", null)]
    [InlineData("malicious value=true behaviour=false-ids", null)]
    [InlineData("malicious value=true behaviour=honest", BehaviourRule)]
    [InlineData("malicious value=false behaviour=lazy", BehaviourRule)]
    [InlineData("malicious behaviour=lazy", BehaviourRule)]
    [InlineData("malicious value=true behaviour=lasy",
        "there is no behaviour \"lasy\"; there are honest, false-ids, withhold, lazy, sybil, selfish, selfish-grinding, "
        + "stubborn-lead, stubborn-fork, stubborn-trail, stubborn, double-spend, delay, spam, tamper, lie, eclipse; "
        + "did you mean \"lazy\"?")]
    [InlineData("partition", FromRule)]
    [InlineData("partition from=", null)]
    [InlineData("partition from=none", null)]
    [InlineData("partition from=5001,5002", null)]
    [InlineData("partition from=5001,,5002", FromRule)]
    [InlineData("partition from=5001,", FromRule)]
    [InlineData("conditions to=5003", GiveSome)]
    [InlineData("conditions to=5003 loss=1", null)]
    [InlineData("conditions to= loss=1", "to must be ids of peers with commas between")]
    [InlineData("conditions to=none loss=1", "to must be ids of peers with commas between")]
    [InlineData("conditions to=5003, loss=1", "to must be ids of peers with commas between")]
    [InlineData("conditions burst=5", null)]
    [InlineData("conditions burst=0.5", BurstRule)]
    [InlineData("conditions burst=many", BurstRule)]
    [InlineData("conditions burst=1000001", BurstRule)]
    [InlineData("conditions loss=0.5 burst=1", null)]
    [InlineData("conditions loss=0.9 burst=9", null)]
    [InlineData("conditions loss=0.9 burst=8",
        "a loss of 0.9 needs a burst of at least 9 messages, or of 1 for losses that do not depend on each other")]
    [InlineData("conditions loss=1 burst=8",
        "where all is lost there are no bursts; give burst=1 too, or a loss below 1")]
    [InlineData("conditions capacity=0", null)]
    [InlineData("conditions capacity=0.5", null)]
    [InlineData("conditions capacity=0.0001", CapacityRule)]
    [InlineData("conditions capacity=-1", CapacityRule)]
    [InlineData("conditions capacity=1000000001", CapacityRule)]
    [InlineData("conditions clear=true", null)]
    [InlineData("conditions clear=true to=5003,5004", null)]
    [InlineData("conditions clear=false", "clear must be true, or not be given")]
    [InlineData("conditions clear=true loss=0", "clear stands alone or with to")]
    public void TryParse_SeveralArguments_AreReadOrRefusedInOneLine(string text, string? says)
    {
        var words = text.Split(' ');
        var given = words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var verb = PeerVerb.All.Single(verb => verb.Name == words[0]);

        Assert.Equal(says is null, verb.TryParse(given.GetValueOrDefault, out var command, out var problem));

        Assert.Equal(says, problem);
        if (command is not null)
        {
            // A peer does what can be read.
            Assert.Null(new PeerBench(Make.Quiet, []).Peer.Apply(default, command).Refusal);
        }
    }

    [Theory]
    [InlineData(0.00001)]
    [InlineData(0.0000123456)]
    [InlineData(1e-300)]
    [InlineData(0.1)]
    public void Loss_HoweverSmall_IsWrittenAsItIsRead(double loss)
    {
        var (verb, arguments) = PeerVerb.Of(new SetConditions(loss));

        Assert.True(verb.TryParse(arguments.ToDictionary().GetValueOrDefault, out var read, out var problem), problem);
        Assert.Equal(loss, Assert.IsType<SetConditions>(read).Loss!.Value, precision: 15);
    }

    [Fact]
    public void PeerSet_WithTheSameIds_IsTheSame()
    {
        Assert.Equal(PeerSet.Of("b", "a"), PeerSet.Of("a", "b", "a"));
        Assert.Equal(PeerSet.Of("b", "a").GetHashCode(), PeerSet.Of("a", "b").GetHashCode());
        Assert.NotEqual(PeerSet.Of("a", "b"), PeerSet.Of("a"));
        Assert.Equal("a,b", PeerSet.Of("b", "a").ToString());
    }

    [Theory]
    [InlineData(5, null, 5, 10)]
    [InlineData(20, null, 20, 20)]
    [InlineData(null, 8, 4, 8)]
    [InlineData(null, 2, 2, 2)]
    public void Apply_OneLatencyAlone_MovesTheOtherOnlyOnItsWrongSide(int? min, int? max, int newMin, int newMax)
    {
        var bench = new PeerBench(Make.Quiet, []);
        bench.Peer.Apply(default, new SetConditions(null, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10)));

        bench.Peer.Apply(default, new SetConditions(null, Seconds(min), Seconds(max)));

        var latency = bench.Peer.Conditions.Latency;
        Assert.Equal((newMin, newMax), ((int)latency.Min.TotalSeconds, (int)latency.Max.TotalSeconds));

        static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
    }
}
