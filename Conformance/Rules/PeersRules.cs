using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>GET_PEERS, PEERS and what is hearsay: W42 to W44.</summary>
internal static class PeersRules
{
    private const string MayLeaveOut = "a foreign node may leave PEERS out";

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W42", new RuleTest("PEERS names the node itself and the peers that it knows", NamesItselfAsync)),
        ("W43", new RuleTest("PEERS does not change what it knows of a peer", HearsayChangesNothingAsync)),
        ("W43", new RuleTest("A peer that it only heard of gets HELLO, and no PING", HearsayIsTriedAsync)
        {
            Others = [Role.Newcomer],
        }),
        ("W43", new RuleTest("A peer that it only heard of is not named to others", HearsayIsNotNamedAsync)
        {
            Others = [Role.Newcomer],
        }),
        ("W44", new RuleTest("Others are told of a newcomer", TellsOfNewcomerAsync) { Others = [Role.Newcomer] }),
    ];

    /// <summary>What the node says to one peer of another.</summary>
    /// <returns>Canonical JSON, so that it can be compared; null: nothing.</returns>
    public static async Task<string?> EntryOfAsync(Scene scene, Neighbour asker, Neighbour about)
    {
        var entry = (await AskAsync(scene, asker)).Peers.FirstOrDefault(one => (string?)one["peer_id"] == about.Id);
        return entry is null ? null : $"port {entry["port"]}, ip {entry["ip"]}, flags {entry["flags"]?.ToJsonString()}";
    }

    private static async Task<Heard> AskAsync(Scene scene, Neighbour asker)
    {
        await scene.SayAsync(asker, scene.Make.Message("GET_PEERS", asker.Id));
        return await scene.FindAsync(asker, heard => heard.Is("PEERS"))
            ?? throw new CannotTellException($"It did not answer GET_PEERS; {MayLeaveOut}.");
    }

    private static async Task NamesItselfAsync(Scene scene)
    {
        var named = (await AskAsync(scene, scene.A)).Peers.Select(one => (string?)one["peer_id"]).ToHashSet();
        foreach (var id in (string[])[scene.Node, scene.B.Id, scene.C.Id])
        {
            if (!named.Contains(id))
            {
                if (scene.IsRunning && id != scene.Node)
                {
                    throw new CannotTellException($"PEERS does not name {id}; it may know more peers than it names.");
                }

                throw new BrokenRuleException(
                    $"PEERS does not name {(id == scene.Node ? "the node itself" : id)}, but "
                        + $"{string.Join(", ", named)}.");
            }
        }
    }

    private static async Task HearsayChangesNothingAsync(Scene scene)
    {
        var before = await EntryOfAsync(scene, scene.B, scene.C);
        await TellAsync(scene, Lines.Entry(scene.C.Info with { Port = 9, Light = true }));
        var after = await EntryOfAsync(scene, scene.B, scene.C);
        if (before != after)
        {
            throw new BrokenRuleException(
                $"{scene.A} said something else of {scene.C}, and it took that over: {after}.");
        }
    }

    private static async Task HearsayIsTriedAsync(Scene scene)
    {
        var newcomer = scene[Role.Newcomer];
        newcomer.IsSilent = true;
        await TellAsync(scene, Lines.Entry(newcomer.Info));
        await scene.PassAsync(scene.IsOverTcp ? 20 : 60);
        var said = scene.HeardAll.Where(heard => heard.To == newcomer).ToList();
        if (said.Find(heard => !heard.Is("HELLO")) is { } other)
        {
            throw new BrokenRuleException(
                $"It sent {other.Type} to a peer that it only heard of and that never answered.");
        }

        if (said.Count > 3)
        {
            throw new BrokenRuleException(
                $"It said HELLO {said.Count} times to a peer that never answered; three are allowed.");
        }

        if (said.Count == 0)
        {
            throw new CannotTellException($"It did not say HELLO to a peer that it heard of; {MayLeaveOut}.");
        }
    }

    private static async Task HearsayIsNotNamedAsync(Scene scene)
    {
        var newcomer = scene[Role.Newcomer];
        newcomer.IsSilent = true;
        await TellAsync(scene, Lines.Entry(newcomer.Info));
        if (await EntryOfAsync(scene, scene.B, newcomer) is not null)
        {
            throw new BrokenRuleException("It named a peer to others that it had only heard of.");
        }
    }

    private static async Task TellsOfNewcomerAsync(Scene scene)
    {
        var newcomer = scene[Role.Newcomer];
        await scene.SayAsync(newcomer, scene.Make.Hello(newcomer.Info));
        if (await scene.FindAsync(
            heard => heard.Is("PEERS") && heard.Peers.Any(one => (string?)one["peer_id"] == newcomer.Id), 5) is null)
        {
            throw new CannotTellException($"It told nobody of a newcomer within 5 s; {MayLeaveOut}.");
        }
    }

    private static async Task TellAsync(Scene scene, string entry)
    {
        await scene.SayAsync(scene.A, scene.Make.Message("PEERS", scene.A.Id, ("peers", Lines.List([entry]))));
        await scene.SyncAsync(scene.A);
    }
}
