#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using Blockchain.Launching.Guests;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Wire;

namespace Blockchain.Lab.Tests.Guests;

/// <summary>A program that is run twice, and what is said where it is not the same both times.</summary>
public sealed class CheckedGuestTests
{
    private static readonly GuestWakes Turn = new(TimeSpan.FromSeconds(7), "ask");

    private static readonly GuestAnswer Answer = new()
    {
        Messages = [(new PeerId("a"), new Ping(new("self"), 1, default)), (new PeerId("b"), new Ping(new("self"), 2, default))],
        Timers = [(TimeSpan.FromSeconds(8), "ask")],
    };

    public static TheoryData<string, string> Differences { get; } = new()
    {
        { "other message", "line 2 of this turn was {\"to\": \"b\", \"message\": {\"type\": \"PING\"" },
        { "other receiver", "line 2 of this turn was {\"to\": \"b\"" },
        { "one message less", "and in a second run {\"wake\": 8.0, \"timer\": \"ask\"}" },
        { "other timer", "line 3 of this turn was {\"wake\": 8.0, \"timer\": \"ask\"}, and in a second run {\"wake\": 9.0" },
        { "other cost", "line 4 of this turn was {\"done\": true, \"cost\": 0.0}" },
        { "failed", "line 4 of this turn was {\"done\": true, \"cost\": 0.0}, and in a second run it ended" },
    };

    [Fact]
    public void SameAnswer_Twice_IsTheAnswer()
    {
        var answer = new CheckedGuest(Says(Answer), Says(Answer with { })).Take(Turn);
        Assert.Null(answer.Failure);
        Assert.Equal(Answer.Messages, answer.Messages);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void OtherAnswer_TheSecondTime_IsNamedByItsLine(string what, string expected)
    {
        var failure = new CheckedGuest(Says(Answer), Says(Changed(what))).Take(Turn).Failure;
        Assert.StartsWith("it is not deterministic: ", failure, StringComparison.Ordinal);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.EndsWith("after {\"now\": 7.0, \"timer\": \"ask\"}", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_TheFirstTime_IsTheFailure() => Assert.Equal(
        "it ended", new CheckedGuest(Says(new() { Failure = "it ended" }), Says(Answer)).Take(Turn).Failure);

    private static GuestAnswer Changed(string what) => what switch
    {
        "other message" => Answer with { Messages = [Answer.Messages[0], (new("b"), new Ping(new("self"), 3, default))] },
        "other receiver" => Answer with { Messages = [Answer.Messages[0], (new("c"), Answer.Messages[1].Message)] },
        "one message less" => Answer with { Messages = [Answer.Messages[0]] },
        "other timer" => Answer with { Timers = [(TimeSpan.FromSeconds(9), "ask")] },
        "other cost" => Answer with { Cost = TimeSpan.FromSeconds(1) },
        _ => Answer with { Failure = "it ended" },
    };

    private static Scripted Says(GuestAnswer answer) => new(answer);

    private sealed class Scripted(GuestAnswer answer) : IGuest
    {
        public GuestAnswer Take(GuestTurn turn) => answer;
    }
}
