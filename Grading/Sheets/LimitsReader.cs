using System.Globalization;
using System.Text.Json;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Sheets;

/// <summary>Reads what a program may take.</summary>
internal static class LimitsReader
{
    private const int FewestProcesses = 1;

    private static readonly string[] Names = ["turn", "time", "memory", "cpu", "output", "processes", "build"];

    private static readonly (string Unit, long Bytes)[] Units =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("B", 1)];

    private static readonly JsonFormat<int> Count = JsonFormats.Integer(FewestProcesses);

    public static (GuestLimits Limits, TimeSpan Build) Read(JsonPlace place, GuestLimits limits, TimeSpan build)
    {
        foreach (var (name, at) in place.Members("limits such as {\"turn\": \"5s\", \"memory\": \"512MiB\"}"))
        {
            switch (name)
            {
                case "turn" when JsonFormats.PositiveDuration.TryRead(at, out var turn):
                    limits = limits with { Turn = turn };
                    break;
                case "time" when JsonFormats.PositiveDuration.TryRead(at, out var time):
                    limits = limits with { Time = time };
                    break;
                case "cpu" when JsonFormats.PositiveDuration.TryRead(at, out var cpu):
                    limits = limits with { Cpu = cpu };
                    break;
                case "build" when JsonFormats.PositiveDuration.TryRead(at, out var time):
                    build = time;
                    break;
                case "memory" when TryReadSize(at, out var memory):
                    limits = limits with { Memory = memory };
                    break;
                case "output" when TryReadSize(at, out var output):
                    limits = limits with { Output = output, ErrorBytes = output };
                    break;
                case "processes" when Count.TryRead(at, out var processes):
                    limits = limits with { Processes = processes };
                    break;
                default:
                    if (!Names.Contains(name))
                    {
                        at.Problems.Error(at.Path, $"is unknown{Spelling.DidYouMean(name, Names)}");
                    }

                    break;
            }
        }

        return (limits, build);
    }

    private static bool TryReadSize(JsonPlace place, out long bytes)
    {
        bytes = 0;
        var text = place.Value.ValueKind switch
        {
            JsonValueKind.String => place.Value.GetString()!.Trim(),
            JsonValueKind.Number => place.Value.GetRawText() + "B",
            _ => "",
        };
        var unit = Units.FirstOrDefault(one => text.EndsWith(one.Unit, StringComparison.Ordinal));
        if (unit.Unit is not null
            && double.TryParse(
                text[..^unit.Unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit.Bytes is >= 1 and <= long.MaxValue / 2)
        {
            bytes = (long)(number * unit.Bytes);
        }

        return bytes > 0 || place.Expected("a size such as \"512MiB\", \"1GiB\" or a number of bytes");
    }
}
