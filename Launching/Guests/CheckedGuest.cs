using System.Buffers;
using System.Globalization;
using System.Text;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Wire;

namespace Blockchain.Launching.Guests;

/// <summary>
/// Runs a program twice, side by side, and compares what both answer in each turn: a program that looks at a clock, or
/// draws from a generator without the seed, is found out where it first does.
/// </summary>
internal sealed class CheckedGuest(IGuest guest, IGuest second) : IGuest
{
    public GuestAnswer Take(GuestTurn turn)
    {
        var (answer, again) = (guest.Take(turn), second.Take(turn));
        if (answer.Failure is not null)
        {
            return answer;
        }

        return Difference(Lines(answer), Lines(again)) is { } difference
            ? answer with { Failure = $"it is not deterministic: {difference}, after {GuestLines.Text(turn)}" }
            : answer;
    }

    private static string? Difference(string[] first, string[] again)
    {
        var at = first.Zip(again).TakeWhile(pair => pair.First == pair.Second).Count();
        return at == first.Length && at == again.Length
            ? null
            : $"line {at + 1} of this turn was {Line(first, at)}, and in a second run {Line(again, at)}";
    }

    private static string Line(string[] lines, int at) => at < lines.Length ? lines[at] : "missing";

    private static string[] Lines(GuestAnswer answer) =>
    [
        .. answer.Messages.Select(one => $"{{\"to\": \"{one.To}\", \"message\": {Text(one.Message)}}}"),
        .. answer.Timers.Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"wake\": {one.At.TotalSeconds:0.0######}, \"timer\": \"{one.Timer}\"}}")),
        answer.Failure ?? string.Create(
            CultureInfo.InvariantCulture, $"{{\"done\": true, \"cost\": {answer.Cost.TotalSeconds:0.0######}}}"),
    ];

    private static string Text(Message message)
    {
        var line = new ArrayBufferWriter<byte>();
        MessageCodec.Write(line, message);
        return Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\n');
    }
}
