using System.Text.Json;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Hunting;

namespace Blockchain.Trials.Reading;

/// <summary>Reads <c>{"peers": true, "conditions": false, "faults": 2}</c>: what a hunt may change.</summary>
internal static class HuntReader
{
    private static readonly string[] Members = ["peers", "conditions", "faults"];

    public static HuntLimits Read(JsonPlace place)
    {
        var limits = HuntLimits.Usual;
        foreach (var (name, at) in place.Members("an object such as {\"peers\": true, \"faults\": 2}"))
        {
            switch (name)
            {
                case "peers" when IsFlag(at):
                    limits = limits with { Peers = at.Value.GetBoolean() };
                    break;
                case "conditions" when IsFlag(at):
                    limits = limits with { Conditions = at.Value.GetBoolean() };
                    break;
                case "faults":
                    if (JsonFormats.Integer(0, HuntLimits.MostFaults).TryRead(at, out var faults))
                    {
                        limits = limits with { Faults = faults };
                    }

                    break;
                case "peers" or "conditions":
                    break;
                default:
                    at.Unknown(name, Members);
                    break;
            }
        }

        return limits;
    }

    private static bool IsFlag(JsonPlace place) =>
        place.Value.ValueKind is JsonValueKind.True or JsonValueKind.False || place.Expected("true or false");
}
