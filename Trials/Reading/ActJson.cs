using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;

namespace Blockchain.Trials.Reading;

/// <summary>An act as JSON, in a scenario and in the configuration of a simulation alike.</summary>
public static class ActJson
{
    /// <summary>With its time: <c>{"at": "30s", "do": "kill", "peers": "5000"}</c>.</summary>
    public static JsonObject Write(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var json = new JsonObject { ["at"] = Durations.Format(act.At) };
        WriteInto(json, act);
        return json;
    }

    /// <exception cref="JsonException">It is no act; the message says what is wrong and where.</exception>
    public static Act Read(JsonElement json)
    {
        var problems = new ProblemList();
        var step = StepReader.Read(new JsonPlace(json, JsonPath.Root, problems));
        return problems.HasErrors || step?.Act is null
            ? throw new JsonException(string.Join(
                ' ',
                problems.All.Select(one => $"{one.Path}: {one.Message}").DefaultIfEmpty("It does nothing.")))
            : step.Act;
    }

    internal static void WriteInto(JsonObject json, Act act)
    {
        json["do"] = ActKind.Of(act).Name;
        foreach (var (name, text) in ActText.Arguments(act))
        {
            json[name] = text;
        }
    }
}
