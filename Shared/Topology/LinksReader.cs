namespace Blockchain.Shared.Topology;

/// <summary>
/// Reads the file's links between single peers. An entry holds for both directions, unless another one is for the
/// direction back.
/// </summary>
internal static class LinksReader
{
    private const string Example = "an object such as {\"from\": \"5000\", \"to\": \"5005\", \"latency\": \"300ms\"}";

    /// <param name="peers">Gets the links.</param>
    /// <param name="allPeersKnown">False: peers are missing, and nothing can be said of an id that is not there.</param>
    public static void Read(
        JsonPlace place, IReadOnlyDictionary<PeerId, PeerDraft> peers, bool allPeersKnown, RegionPlan? regions)
    {
        if (place.Value.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            place.Expected($"an array of links, each {Example}");
            return;
        }

        var links = new Dictionary<(PeerId From, PeerId To), LinkDraft>();
        foreach (var (index, value) in place.Value.EnumerateArray().Index())
        {
            if (ReadOne(place.At(index, value), peers, allPeersKnown) is not { From: { } from, To: { } to } draft)
            {
                continue;
            }

            if (!links.TryAdd((from, to), draft))
            {
                place.Problems.Error(
                    draft.Path, $"the link from \"{from}\" to \"{to}\" is also at {links[(from, to)].Path}; remove one");
            }
        }

        foreach (var ((from, to), link) in links)
        {
            Add(link, from, to, peers, regions, place.Problems);
            if (links.ContainsKey((to, from)))
            {
                continue;
            }

            Add(link, to, from, peers, regions, place.Problems);
            if (link.IsRead && link.Towards(to).IsEmpty)
            {
                place.Problems.Warning(link.Path, "has no effect: it says nothing of the link");
            }
        }
    }

    private static LinkDraft? ReadOne(
        JsonPlace place, IReadOnlyDictionary<PeerId, PeerDraft> peers, bool allPeersKnown)
    {
        var draft = new LinkDraft(place.Path);
        var found = place.ReadInto(LinkDraft.Fields, draft, Example);
        if (place.Value.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return null;
        }

        foreach (var (name, id) in ((string, PeerId?)[])[("from", draft.From), ("to", draft.To)])
        {
            if (!found.Contains(name))
            {
                place.Problems.Error(place.Path.At(name), "is missing: the id of a peer");
            }
            else if (id is { } peer && allPeersKnown && !peers.ContainsKey(peer))
            {
                place.Problems.Error(
                    place.Path.At(name),
                    $"the file has no peer \"{peer}\"; name one of its peers"
                        + Spelling.DidYouMean(peer.Value, peers.Keys.Select(known => known.Value)));
            }
        }

        if (draft.From is { } one && one == draft.To)
        {
            place.Problems.Error(place.Path.At("to"), "a peer has no link to itself; name another one");
            return null;
        }

        return draft;
    }

    private static void Add(
        LinkDraft link,
        PeerId from,
        PeerId to,
        IReadOnlyDictionary<PeerId, PeerDraft> peers,
        RegionPlan? regions,
        ProblemList problems)
    {
        if (!peers.TryGetValue(from, out var sender) || !peers.TryGetValue(to, out var receiver))
        {
            return;
        }

        var plan = link.Towards(to);
        if (plan.IsEmpty)
        {
            return;
        }

        var conditions = Conditions(sender, receiver, regions);
        if (link.IsRead && conditions.Problem is null && plan.Over(conditions).Problem is { } problem)
        {
            // Once for both directions.
            link.IsRead = false;
            problems.Error(link.Path, $"from \"{from}\" to \"{to}\": {problem}");
        }

        (sender.Links ??= []).Add(plan);
    }

    /// <summary>What holds where the link says nothing.</summary>
    private static NetworkConditions Conditions(PeerDraft sender, PeerDraft receiver, RegionPlan? regions) =>
        regions is not null && sender.Region is { } from && receiver.Region is { } to
        && regions.Names.Contains(from) && regions.Names.Contains(to)
            ? sender.Settings.Conditions with { Latency = regions.Latency(from, to), Shape = regions.Shape }
            : sender.Settings.Conditions;
}
