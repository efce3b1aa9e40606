using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Events;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Simulation;
using Blockchain.Simulation.Invariants;

namespace Blockchain.Experiments.Runs;

/// <summary>What was run, by what, how it ended, and how it is run again.</summary>
internal sealed record RunManifest(SimulationRequest Request, string Folder, DateTimeOffset StartedAt)
{
    public const string ConfigurationMember = "configuration";

    // Other programs write a manifest.json as well; these are in every one of a run and of an experiment.
    private static readonly string[][] Marks =
    [
        ["outcome", "seed", "repeat", ConfigurationMember],
        ["schema", "experiment", "seeds", "simulator"],
    ];

    // It goes into no page; what stands in commands is to be readable.
    private static readonly JsonSerializerOptions Readable = new(SimulationJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Outcome Outcome { get; init; }

    /// <summary>Wall time.</summary>
    public TimeSpan Took { get; init; }

    public SimulationResult? Result { get; init; }

    public InvariantViolationException? Violation { get; init; }

    /// <summary>What was to be checked.</summary>
    public IReadOnlyList<CheckedInvariant> Invariants { get; init; } = [];

    /// <summary>The command that gives the same results again, from the configuration in this manifest.</summary>
    public string Repeat
    {
        get
        {
            string[] command = ["simulate", "--config", Path.Combine(Folder, RunFolder.ManifestFile)];
            return CommandText.Of(
            [
                .. command,
                .. Request.Events ? ["--events"] : Array.Empty<string>(),
                .. Request.Messages ? ["--messages"] : Array.Empty<string>(),
            ]);
        }
    }

    /// <summary>Whether a file is there that this program wrote about a run or an experiment.</summary>
    public static bool IsOurs(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) is JsonObject json
                && Marks.Any(marks => marks.All(json.ContainsKey));
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>"held", "broken", "not promised", or "unfinished" where the run ended before the last check.</summary>
    public string OutcomeOf(CheckedInvariant invariant) =>
        Violation?.Invariant == invariant.Name ? "broken"
        : invariant.WhyNotPromised is not null ? "not promised"
        : Outcome == Outcome.Completed ? "held"
        : "unfinished";

    public string ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = Request.Name,
            ["outcome"] = Outcome.ToString().ToLowerInvariant(),
            ["seed"] = Request.Config.Seed,
            ["command"] = CommandText.Of(Request.Arguments),
            ["repeat"] = Repeat,
            ["startedAt"] = StartedAt.ToString("O"),
            ["wallSeconds"] = Math.Round(Took.TotalSeconds, 3),
            ["virtualSeconds"] = Result?.Elapsed.TotalSeconds,
            ["events"] = Result?.Events,
            ["violation"] = Violation is null ? null : new JsonObject
            {
                ["invariant"] = Violation.Invariant,
                ["atSeconds"] = Violation.At.TotalSeconds,
                ["details"] = Violation.Details,
            },
            ["invariants"] = new JsonArray([.. Invariants.Select(one => new JsonObject
            {
                ["name"] = one.Name,
                ["outcome"] = OutcomeOf(one),
                ["because"] = one.WhyNotPromised,
            })]),
            ["versions"] = new JsonObject
            {
                ["simulator"] = VersionOf(typeof(SimulationRun)),
                ["core"] = VersionOf(typeof(Peer)),
                ["events"] = EventJson.Version,
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["system"] = RuntimeInformation.OSDescription,
                ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            },
            [ConfigurationMember] = JsonSerializer.SerializeToNode(Request.Config, SimulationJson.Options),
        };
        return json.ToJsonString(Readable) + "\n";
    }

    // With the commit, where the build knows it.
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
