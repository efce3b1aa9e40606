using System.Text.Json;
using Blockchain.Conformance;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Reading;

namespace Blockchain.Grading.Sheets;

/// <summary>Reads the checks of a sheet, one after the other.</summary>
internal sealed class CheckReader(string folder, Func<string, byte[]> readAllBytes)
{
    private const int MostSeeds = 10_000;

    private static readonly JsonFormat<double> Points = JsonFormats.Number(0);
    private static readonly JsonFormat<int> SeedCount = JsonFormats.Integer(1, MostSeeds);

    private static readonly Dictionary<string, Action<JsonPlace, CheckDraft>> Common = new()
    {
        ["name"] = (place, draft) => draft.Name = JsonFormats.Text.TryRead(place, out var name) ? name : "",
        ["weight"] = (place, draft) => draft.Weight = Points.TryRead(place, out var weight) ? weight : 0,
        ["mandatory"] = (place, draft) => draft.IsMandatory = JsonFormats.Flag.TryRead(place, out var flag) && flag,
        ["note"] = (place, _) => JsonFormats.Text.TryRead(place, out var _),
    };

    private static readonly Dictionary<string, Action<JsonPlace, CheckDraft>> OfRules = new(Common)
    {
        ["rules"] = (place, draft) => draft.Names = Texts(place, "a list of rules such as [\"W4\"]"),
    };

    private static readonly Dictionary<string, Action<JsonPlace, CheckDraft>> OfScenario = new(Common)
    {
        ["file"] = (place, draft) => draft.File = JsonFormats.Text.TryRead(place, out var file) ? file : "",
        ["as"] = (place, draft) => draft.Names = Texts(place, "a list of peers such as [\"6000\"]"),
        ["seeds"] = (place, draft) => draft.Seeds = SeedCount.TryRead(place, out var seeds) ? seeds : 1,
        ["hidden"] = (place, draft) => draft.IsHidden = JsonFormats.Flag.TryRead(place, out var flag) && flag,
    };

    private readonly List<Check> _checks = [];

    public IReadOnlyList<Check> Checks => _checks;

    public void ReadRules(JsonPlace place)
    {
        var draft = ReadDraft(place, OfRules, "{\"rules\": [\"W4\"], \"weight\": 1}", "rules");
        foreach (var (name, at) in draft.Names)
        {
            if (RuleBook.All.All(rule => rule.Id != name))
            {
                at.Problems.Error(
                    at.Path,
                    $"there is no rule \"{name}\"; docs/wire.md has them, from {RuleBook.All[0].Id} to "
                    + $"{RuleBook.All[^1].Id}{Spelling.DidYouMean(name, RuleBook.All.Select(rule => rule.Id))}");
            }
        }

        string[] rules = [.. draft.Names.Select(one => one.Text).Distinct()];
        _checks.Add(new RuleCheck(
            draft.Name ?? $"Rules {string.Join(", ", rules)}", draft.Weight, draft.IsMandatory, rules));
    }

    public void ReadScenario(JsonPlace place)
    {
        var draft = ReadDraft(
            place, OfScenario, "{\"file\": \"gossip.json\", \"as\": [\"6000\"], \"seeds\": 20}", "file", "as");
        if (draft.File is not { Length: > 0 } file)
        {
            return;
        }

        var path = Path.Combine(folder, file);
        CheckScenario(place, path, draft.Names);
        _checks.Add(new ScenarioCheck(
            draft.Name ?? Path.GetFileNameWithoutExtension(file),
            draft.Weight,
            draft.IsMandatory,
            path,
            [.. draft.Names.Select(one => one.Text).Distinct()],
            draft.Seeds,
            draft.IsHidden));
    }

    private void CheckScenario(JsonPlace place, string path, IReadOnlyList<(string Text, JsonPlace Place)> peers)
    {
        var result = ScenarioFile.Load(path, readAllBytes);
        foreach (var problem in result.Problems.Where(problem => problem.Severity == Severity.Error))
        {
            place.Problems.Error(place.Path.At("file"), $"{path}: {problem.Path}: {problem.Message}");
        }

        if (result.Scenario is not { } scenario)
        {
            return;
        }

        if (!scenario.Hosts.Contains(HostNames.Simulation))
        {
            place.Problems.Error(place.Path.At("file"), $"{path} does not run in a simulation (its \"hosts\")");
        }

        foreach (var (peer, at) in peers)
        {
            if (!scenario.Network.TryGet(new PeerId(peer), out _))
            {
                var ids = scenario.Network.Peers.Select(one => one.Id.Value);
                at.Problems.Error(
                    at.Path, $"the network of {path} has no peer \"{peer}\"{Spelling.DidYouMean(peer, ids)}");
            }
        }
    }

    private static CheckDraft ReadDraft(
        JsonPlace place,
        Dictionary<string, Action<JsonPlace, CheckDraft>> fields,
        string what,
        params IEnumerable<string> required)
    {
        var draft = new CheckDraft();
        var members = place.Members(what);
        foreach (var (name, at) in members)
        {
            if (fields.TryGetValue(name, out var read))
            {
                read(at, draft);
            }
            else
            {
                at.Problems.Error(at.Path, $"is unknown{Spelling.DidYouMean(name, fields.Keys)}");
            }
        }

        foreach (var name in required.Except(members.Select(member => member.Name)))
        {
            if (place.Value.ValueKind == JsonValueKind.Object)
            {
                place.Problems.Error(place.Path.At(name), "is missing");
            }
        }

        return draft;
    }

    private static List<(string Text, JsonPlace Place)> Texts(JsonPlace place, string what)
    {
        var texts = new List<(string, JsonPlace)>();
        if (place.Value.ValueKind != JsonValueKind.Array || place.Value.GetArrayLength() == 0)
        {
            place.Expected(what);
            return texts;
        }

        foreach (var (index, item) in place.Value.EnumerateArray().Index())
        {
            if (JsonFormats.Text.TryRead(place.At(index, item), out var text))
            {
                texts.Add((text, place.At(index, item)));
            }
        }

        return texts;
    }
}
