using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary><c>manifest.json</c>: all that the results follow from.</summary>
internal static class ExperimentManifest
{
    private const int Version = 1;

    public static string Of(Study study, SweepResult result, Provenance provenance)
    {
        var cases = study.Sweep.Cases;
        var what = new JsonObject
        {
            ["experiment"] = study.Experiment.Name,
            ["question"] = study.Experiment.Question,
            ["parameter"] = study.Sweep.Column,
            ["values"] = Values(study.Experiment.Parameter, cases.Select(one => one.Value)),
        };
        if (study.With is { } with)
        {
            what["with"] = with.Name;
            what["withParameter"] = study.Sweep.WithColumn;
            what["withValues"] = Values(with.Parameter, cases.Select(one => one.With!.Value.Value));
        }

        what["base"] = Configuration(study.Base);
        return Write(what, study.Command, result, provenance);
    }

    public static string OfComparison(Sweep sweep, string command, SweepResult result, Provenance provenance) => Write(
        new JsonObject
        {
            ["experiment"] = "compare",
            ["configurations"] = new JsonArray(
            [
                .. sweep.Cases.Select(one => new JsonObject
                {
                    ["name"] = one.Label,
                    ["configuration"] = Configuration(one.Config),
                }),
            ]),
        },
        command, result, provenance);

    public static string OfFinished(FinishedComparison comparison, string command, Provenance provenance) => Write(
        new JsonObject
        {
            ["experiment"] = "compare",
            ["folders"] = new JsonArray(comparison.First.Path, comparison.Second.Path),
            ["seeds"] = new JsonArray(
            [
                .. comparison.First.Seeds.Intersect(comparison.Second.Seeds).Order()
                    .Select(seed => JsonValue.Create(seed)),
            ]),
        },
        command, provenance);

    private static string Write(JsonObject what, string command, SweepResult result, Provenance provenance)
    {
        what["seeds"] = new JsonArray(
            [.. Enumerable.Range(1, result.Sweep.Seeds).Select(seed => JsonValue.Create(seed))]);
        what["runs"] = result.Sweep.Runs;
        what["finished"] = result.Rows.Count;
        return Write(what, command, provenance);
    }

    private static string Write(JsonObject what, string command, Provenance provenance)
    {
        var manifest = new JsonObject { ["schema"] = "blockchain.experiment", ["version"] = Version };
        foreach (var (name, value) in what)
        {
            manifest[name] = value?.DeepClone();
        }

        manifest["command"] = command;
        manifest["started"] = provenance.Started;
        manifest["tookSeconds"] = Math.Round(provenance.Took.TotalSeconds, 3);
        manifest["lab"] = Provenance.Program;
        manifest["simulator"] = Provenance.Simulator;
        manifest["runtime"] = Provenance.Runtime;
        manifest["system"] = Provenance.System;
        manifest["measures"] = new JsonObject(
            Measures.All.Select(measure => KeyValuePair.Create<string, JsonNode?>(measure.Key, measure.Definition)));
        return manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonArray Values(Parameter parameter, IEnumerable<double> values) =>
    [
        .. values.Distinct().Select(value => (JsonNode?)(parameter.Names.Count > 0
            ? JsonValue.Create(parameter.Text(value))
            : JsonValue.Create(value))),
    ];

    private static JsonNode? Configuration(SimulationConfig config) => JsonNode.Parse(SimulationJson.Write(config));
}
