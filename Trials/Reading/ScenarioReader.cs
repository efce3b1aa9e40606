using System.Text.Json;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Hunting;

namespace Blockchain.Trials.Reading;

/// <summary>
/// Reads a scenario in three steps: its members, its network, and the rules that need both. Each goes on past errors,
/// so that all are reported at once.
/// </summary>
internal sealed class ScenarioReader(string name, Func<string, byte[]> readNetwork, ulong? seed)
{
    private readonly ProblemList _problems = new();
    private readonly List<(Step Step, JsonPlace Place)> _steps = [];

    private string _about = "";
    private ulong _seed = 1;
    private IReadOnlyList<string> _hosts = HostNames.All;
    private IReadOnlyList<string>? _invariants;
    private HuntLimits? _hunt;

    public ScenarioResult Read(ReadOnlySpan<byte> text)
    {
        if (!JsonText.TryParse(text, _problems, out var document))
        {
            return new ScenarioResult(null, _problems.All);
        }

        using (document)
        {
            var scenario = Read(new JsonPlace(document.RootElement, JsonPath.Root, _problems));
            return new ScenarioResult(_problems.HasErrors ? null : scenario, _problems.All);
        }
    }

    private Scenario? Read(JsonPlace root)
    {
        JsonPlace? network = null;
        var isObject = root.Value.ValueKind == JsonValueKind.Object;
        foreach (var (member, place) in root.Members("a scenario: {\"network\": …, \"steps\": […]}"))
        {
            switch (member)
            {
                case "$schema":
                    break;
                case "about":
                    _ = place.TryReadText("a sentence", out _about);
                    break;
                case "seed":
                    ReadSeed(place);
                    break;
                case "hosts":
                    _hosts = ReadNames(place, HostNames.All);
                    break;
                case "invariants":
                    _invariants = ReadNames(place, null);
                    break;
                case "hunt":
                    _hunt = HuntReader.Read(place);
                    break;
                case "network":
                    network = place;
                    break;
                case "steps":
                    ReadSteps(place);
                    break;
                default:
                    place.Unknown(
                        member, ["$schema", "about", "seed", "hosts", "invariants", "hunt", "network", "steps"]);
                    break;
            }
        }

        if (!isObject)
        {
            return null;
        }

        if (_steps.Count == 0 && !_problems.HasErrors)
        {
            root.Problems.Error(root.Path.At("steps"), "is missing: what happens, and what is expected");
        }

        var plan = network is { } given
            ? new NetworkReader(readNetwork, seed ?? _seed).Read(given)
            : Missing(root);
        ScenarioRules.Check(plan, _steps);
        return plan is null ? null : new Scenario(name, plan, [.. _steps.Select(step => step.Step)])
        {
            About = _about,
            Seed = seed ?? _seed,
            Hosts = _hosts,
            Invariants = _invariants,
            Hunt = _hunt,
        };
    }

    private static NetworkPlan? Missing(JsonPlace root)
    {
        root.Problems.Error(
            root.Path.At("network"), "is missing: the path of a peers.json, or a network as it stands in one");
        return null;
    }

    private void ReadSeed(JsonPlace place)
    {
        if (place.Value.ValueKind != JsonValueKind.Number || !place.Value.TryGetUInt64(out _seed))
        {
            place.Expected("a seed, a whole number of at least 0");
        }
    }

    private static List<string> ReadNames(JsonPlace place, IReadOnlyList<string>? known)
    {
        var names = new List<string>();
        if (place.Value.ValueKind != JsonValueKind.Array)
        {
            place.Expected("a list of names");
            return names;
        }

        foreach (var (index, item) in place.Value.EnumerateArray().Index())
        {
            var at = place.At(index, item);
            if (item.ValueKind != JsonValueKind.String)
            {
                at.Expected("a name");
            }
            else if (known?.Contains(item.GetString()!) == false)
            {
                at.Unknown(item.GetString()!, known);
            }
            else
            {
                names.Add(item.GetString()!);
            }
        }

        return names;
    }

    private void ReadSteps(JsonPlace place)
    {
        if (place.Value.ValueKind != JsonValueKind.Array)
        {
            place.Expected("a list of steps");
            return;
        }

        foreach (var (index, item) in place.Value.EnumerateArray().Index())
        {
            var at = place.At(index, item);
            if (StepReader.Read(at) is { } step)
            {
                _steps.Add((step, at));
            }
        }

        if (place.Value.GetArrayLength() == 0)
        {
            place.Problems.Error(place.Path, "is empty; a scenario does something, and expects something");
        }
    }
}
