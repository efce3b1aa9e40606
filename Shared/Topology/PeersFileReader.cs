using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>
/// Reads the file in three steps: JSON to drafts, groups to single peers, and the rules that concern several
/// peers. Each step goes on past errors, so that all are reported at once.
/// </summary>
internal sealed class PeersFileReader
{
    private const int LongestId = 64;

    private readonly ProblemList _problems = new();
    private readonly List<PeerDraft> _peers = [];
    private readonly Dictionary<PeerId, PeerDraft> _byId = [];

    // Peers with the same settings share one instance.
    private readonly Dictionary<PeerSettings, PeerSettings> _settings = [];

    private PeerSettings _defaults = PeerSettings.Default;
    private string? _data;
    private string _behaviour = Behaviours.Honest;
    private bool _isSigned;
    private int _work;
    private bool _restarts;
    private RegionPlan? _regions;

    // False once a group could not be expanded: then nobody knows which peers are missing.
    private bool _allPeersKnown = true;

    public static PeersFileResult Read(ReadOnlySpan<byte> text)
    {
        var reader = new PeersFileReader();
        var plan = reader.ReadPlan(text);
        return new PeersFileResult(plan, reader._problems.All);
    }

    private NetworkPlan? ReadPlan(ReadOnlySpan<byte> text)
    {
        if (!JsonText.TryParse(text, _problems, out var document))
        {
            return null;
        }

        using (document)
        {
            var sections = new FileSections();
            new JsonPlace(document.RootElement, JsonPath.Root, _problems).ReadInto(
                FileSections.Fields, sections, "an object with \"peers\"");
            _data = sections.Data;
            if (sections.Defaults is { } defaults)
            {
                ReadDefaults(defaults);
            }

            foreach (var (id, place) in sections.Peers?.Members("an object with an entry for each peer") ?? [])
            {
                ReadPeer(id, place);
            }

            foreach (var (_, place) in sections.Groups?.Members("an object with a template for each group") ?? [])
            {
                ReadGroup(place);
            }

            (_restarts, _isSigned, _work) = (sections.Restarts, sections.IsSigned, sections.Work);
            if (sections.Keys is { } keys)
            {
                ReadKeys(keys);
            }

            _regions = sections.Regions is { } regions ? RegionsReader.Read(regions) : null;
            NetworkRules.CheckRegions(_peers, _regions, isGiven: sections.Regions is not null, _problems);
            if (sections.Links is { } links)
            {
                LinksReader.Read(links, _byId, _allPeersKnown, _regions);
            }

            if (_peers.Count == 0 && !_problems.HasErrors)
            {
                _problems.Error(JsonPath.Root.At("peers"), "is empty; a network needs at least one peer");
            }
        }

        NetworkRules.Check(_peers, _byId, _allPeersKnown, _problems);
        return _problems.HasErrors ? null : new NetworkPlan(ToPlans(), _defaults)
        {
            Restarts = _restarts,
            IsSigned = _isSigned,
            Work = _work,
            Data = _data,
            Regions = _regions,
        };
    }

    private void ReadDefaults(JsonPlace place)
    {
        var draft = new PeerDraft(place.Path);
        place.ReadInto(PeerFields.OfDefaults, draft, "an object with the settings of all peers");
        PeerRules.CheckSettings(draft, PeerSettings.Default, _problems);
        _defaults = Share(draft.Settings);
        _behaviour = draft.ActualBehaviour;
    }

    private void ReadPeer(string id, JsonPlace place)
    {
        CheckId(id, place.Path);
        var draft = new PeerDraft(place.Path)
        {
            Id = new PeerId(id),
            Settings = _defaults,
            InheritedBehaviour = _behaviour,
        };
        var found = place.ReadInto(
            PeerFields.OfPeer, draft, "an object such as {\"ip\": \"127.28.0.10\", \"port\": 5000}");
        if (place.Value.ValueKind == JsonValueKind.Object)
        {
            RequireAddress(found, place.Path);
        }

        Finish(draft);
        Add(draft);
    }

    private void ReadGroup(JsonPlace place)
    {
        var template = new PeerDraft(place.Path) { Settings = _defaults, InheritedBehaviour = _behaviour };
        var found = place.ReadInto(
            PeerFields.OfGroup,
            template,
            "an object such as {\"count\": 10, \"ip\": \"127.29.0.1\", \"port\": 6000}");
        if (place.Value.ValueKind == JsonValueKind.Object)
        {
            RequireAddress(found, place.Path);
            Require(found, place.Path, "count", $"how many peers, 1 to {PeerFields.LargestGroup}");
        }

        Finish(template);
        var prefixRead = template.IdPrefix is not null || !found.Contains("idPrefix");
        if (template.IdPrefix is { } prefix && !CheckId(prefix + template.Count, place.Path.At("idPrefix")))
        {
            prefixRead = false;
        }

        if (!prefixRead || !GroupTemplate.TryExpand(template, _problems, out var members))
        {
            _allPeersKnown = false;
            return;
        }

        foreach (var member in members)
        {
            if (!Add(member))
            {
                break;
            }
        }
    }

    private void ReadKeys(JsonPlace keys)
    {
        var owners = new Dictionary<PublicKey, string>();
        foreach (var (id, place) in keys.Members("an object with a public key for each peer"))
        {
            if (!JsonFormats.Key.TryRead(place, out var key))
            {
                continue;
            }

            if (!owners.TryAdd(key, id))
            {
                _problems.Error(place.Path, $"is the key of peer {owners[key]} too; every peer needs a key of its own");
            }

            if (_byId.TryGetValue(new PeerId(id), out var peer))
            {
                peer.Key = key;
            }
            else if (_allPeersKnown)
            {
                _problems.Error(
                    place.Path,
                    $"the file has no peer \"{id}\"; remove its key"
                    + Spelling.DidYouMean(id, _byId.Keys.Select(known => known.Value)));
            }
        }

        if (!_isSigned)
        {
            _problems.Warning(keys.Path, "has no effect without \"identity\": \"signed\"");
        }
    }

    private void Finish(PeerDraft draft)
    {
        draft.Settings = Share(draft.Settings);
        PeerRules.Check(draft, _problems);
        PeerRules.CheckSettings(draft, _defaults, _problems);
    }

    /// <summary>False if the id is taken, which of a group is said once and not for each member.</summary>
    private bool Add(PeerDraft draft)
    {
        if (!_byId.TryAdd(draft.Id, draft))
        {
            _problems.Error(
                draft.Path,
                $"the id \"{draft.Id}\" is used by {_byId[draft.Id].Path}; choose another port or \"idPrefix\"");
            return false;
        }

        _peers.Add(draft);
        return true;
    }

    private void RequireAddress(HashSet<string> found, JsonPath path)
    {
        Require(found, path, "ip", "the IPv4 address that the peer listens on, such as \"127.28.0.10\"");
        Require(found, path, "port", $"its P2P port, 1 to {NetworkPlan.LastPort}");
    }

    private void Require(HashSet<string> found, JsonPath path, string field, string what)
    {
        if (!found.Contains(field))
        {
            _problems.Error(path.At(field), $"is missing: {what}");
        }
    }

    private bool CheckId(string id, JsonPath path)
    {
        var valid = id.Length is > 0 and <= LongestId
            && !id.Any(letter => letter is '@' or '/' || char.IsWhiteSpace(letter) || char.IsControl(letter));
        if (!valid)
        {
            _problems.Error(
                path, $"a peer id has 1 to {LongestId} characters, without '@', '/' or white space; this one is "
                    + $"\"{id}\"");
        }

        return valid;
    }

    private PeerSettings Share(PeerSettings settings)
    {
        if (_settings.TryGetValue(settings, out var shared))
        {
            return shared;
        }

        _settings.Add(settings, settings);
        return settings;
    }

    private IEnumerable<PeerPlan> ToPlans()
    {
        // The members of a group have the same path object, and share its text as well.
        JsonPath? path = null;
        var text = "";
        foreach (var draft in _peers)
        {
            if (!ReferenceEquals(path, draft.Path))
            {
                (path, text) = (draft.Path, draft.Path.ToString());
            }

            yield return draft.ToPlan(text);
        }
    }
}
