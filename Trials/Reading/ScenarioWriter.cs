using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Reading;

/// <summary>Writes a scenario as a file, its network in it.</summary>
internal static class ScenarioWriter
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Scenario scenario)
    {
        var json = new JsonObject
        {
            ["about"] = scenario.About,
            ["seed"] = scenario.Seed,
            ["hosts"] = new JsonArray([.. scenario.Hosts.Select(host => JsonValue.Create(host))]),
            ["network"] = JsonNode.Parse(PeersFile.Write(scenario.Network)),
            ["steps"] = new JsonArray([.. scenario.Steps.Select(Write)]),
        };
        if (scenario.About.Length == 0)
        {
            json.Remove("about");
        }

        if (scenario.Invariants is { } invariants)
        {
            json["invariants"] = new JsonArray([.. invariants.Select(name => JsonValue.Create(name))]);
        }

        if (scenario.Hunt is { } hunt)
        {
            json["hunt"] = new JsonObject
            {
                ["peers"] = hunt.Peers,
                ["conditions"] = hunt.Conditions,
                ["faults"] = hunt.Faults,
            };
        }

        return json.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Write(Step step)
    {
        var json = new JsonObject();
        if (step.At is { } at)
        {
            json["at"] = Durations.Format(at);
        }

        if (step.After > TimeSpan.Zero)
        {
            json["after"] = Durations.Format(step.After);
        }

        if (step.Once is { } once)
        {
            json["once"] = ExpectationWriter.Write(once);
        }

        if (step.Act is { } act)
        {
            ActJson.WriteInto(json, act);
        }
        else
        {
            json["expect"] = ExpectationWriter.Write(step.Expect!);
        }

        if (step.Within > TimeSpan.Zero)
        {
            json["within"] = Durations.Format(step.Within);
            if (step.TimedFrom is { } from)
            {
                json["timedFrom"] = from;
            }
        }

        if (step.Label is { } label)
        {
            json["as"] = label;
        }

        return json;
    }
}
