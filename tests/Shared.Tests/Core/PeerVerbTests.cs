using CsCheck;

namespace Blockchain.Shared.Tests.Core;

/// <summary>Commands as text.</summary>
public sealed class PeerVerbTests
{
    private static readonly Gen<TimeSpan> Times = Gen.Int[0, 100_000].Select(ms => TimeSpan.FromMilliseconds(ms));

    private static readonly Gen<PeerCommand> Commands = Gen.OneOf<PeerCommand>(
        Gen.Const((PeerCommand)new Mine()),
        Gen.Long[1, long.MaxValue].Select(amount => (PeerCommand)new Pay(new PeerId("5001"), amount)),
        Gen.Bool.Select(value => (PeerCommand)new SetMalicious(value)),
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
    [InlineData("transaction", "amount", "0", "amount must be a whole number above 0")]
    [InlineData("transaction", "amount", "1.5", "amount must be a whole number above 0")]
    [InlineData("transaction", "to", "", "to must be the id of a peer, of 1 to 64 characters")]
    [InlineData("conditions", "other", "1", "give loss, latencyMin or latencyMax")]
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
