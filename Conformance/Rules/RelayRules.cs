using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>RELAY: W38 to W41.</summary>
internal static class RelayRules
{
    private static readonly Role[] Behind = [Role.Hidden, Role.Gateway];

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W38", new RuleTest("A RELAY goes on to its target, unchanged", GoesOnAsync)),
        ("W38", new RuleTest("A RELAY goes on to the next relay, unchanged", GoesToRelayAsync) { Others = Behind }),
        ("W38", new RuleTest("A RELAY with a false id in its payload goes nowhere", FalsePayloadAsync)
        {
            IsHarmful = true,
        }),
        ("W39", new RuleTest("The same RELAY goes on once", OnceAsync)),
        ("W39", new RuleTest("A RELAY of its own does not go on when it comes back", OwnAsync)),
        ("W40", new RuleTest("What is in a RELAY is answered to its origin, in a RELAY", AnswersOriginAsync)
        {
            Others = Behind,
        }),
        ("W41", new RuleTest("A stranger's RELAY is dropped", StrangerAsync) { Others = [Role.Stranger] }),
        ("W41", new RuleTest("A RELAY from somebody else than its origin is dropped", ForgedAsync)),
    ];

    private static async Task GoesOnAsync(Scene scene)
    {
        var relay = scene.Make.Relay(scene.A.Id, scene.B.Id, scene.Make.Ping(scene.A.Id, "38.5"));
        await scene.SayAsync(scene.A, relay);
        var passed = await scene.ExpectAsync(
            scene.B, heard => IsRelayOf(heard, scene.A.Id), $"A RELAY of {scene.A} for {scene.B} did not get there.");
        Unchanged(scene, relay, passed);
    }

    private static async Task GoesToRelayAsync(Scene scene)
    {
        var (hidden, gateway) = (scene[Role.Hidden], scene[Role.Gateway]);
        var relay = scene.Make.Relay(scene.A.Id, hidden.Id, scene.Make.Ping(scene.A.Id, "38.5"));
        await scene.SayAsync(scene.A, relay);
        var passed = await scene.ExpectAsync(
            gateway, heard => IsRelayOf(heard, scene.A.Id),
                $"A RELAY for {hidden}, behind NAT, did not go on to its gateway {gateway}.");
        Unchanged(scene, relay, passed);
    }

    private static void Unchanged(Scene scene, string relay, Heard passed)
    {
        if (scene.IsOverTcp ? passed.Text != relay : Lines.Hash(passed.Text) != Lines.Hash(relay))
        {
            throw new BrokenRuleException($"The RELAY came as {relay} and went on as {passed.Text}");
        }
    }

    private static async Task FalsePayloadAsync(Scene scene)
    {
        await MustRelayAsync(scene, scene.Make.Ping(scene.A.Id, "38.5"));
        var transaction = scene.Make.Transaction();
        var falseOne = transaction.Text.Replace("somebody else", "somebody new", StringComparison.Ordinal);
        var falseBlock = scene.Make.Block(Lines.Genesis, falseId: scene.Make.NoBlock());
        foreach (var payload in (string[])[falseOne, falseBlock.Text])
        {
            await scene.SayAsync(scene.A, scene.Make.Relay(scene.A.Id, scene.B.Id, payload));
            await scene.NeverAsync(
                heard => IsRelayOf(heard, scene.A.Id) && heard.To == scene.B,
                "It passed on a RELAY with a false id in it");
        }
    }

    /// <summary>Without this, a node that relays nothing would be right.</summary>
    private static async Task<string> MustRelayAsync(Scene scene, string payload)
    {
        var relay = scene.Make.Relay(scene.A.Id, scene.B.Id, payload);
        await scene.SayAsync(scene.A, relay);
        return await scene.FindAsync(scene.B, heard => IsRelayOf(heard, scene.A.Id)) is null
            ? throw new CannotTellException("It passes no RELAY on (W38).")
            : relay;
    }

    private static async Task OnceAsync(Scene scene)
    {
        var relay = await MustRelayAsync(scene, scene.Make.Ping(scene.A.Id, "39.5"));
        for (var i = 0; i < 3; i++)
        {
            await scene.SayAsync(scene.A, relay);
            await scene.NeverAsync(
                heard => IsRelayOf(heard, scene.A.Id), "It passed the same RELAY on a second time", 0.5);
        }
    }

    private static async Task OwnAsync(Scene scene)
    {
        await MustRelayAsync(scene, scene.Make.Ping(scene.A.Id, "39.5"));
        await scene.SayAsync(scene.B, scene.Make.Relay(scene.Node, scene.C.Id, scene.Make.Ping(scene.Node, "39.25")));
        await scene.NeverAsync(
            heard => IsRelayOf(heard, scene.Node) && heard["target"] == scene.C.Id,
            "It passed on a RELAY that names itself as the origin");
    }

    private static async Task AnswersOriginAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var (hidden, gateway) = (scene[Role.Hidden], scene[Role.Gateway]);
        await scene.SayAsync(gateway, scene.Make.Relay(hidden.Id, scene.Node, scene.Make.Ping(hidden.Id, "40.5")));
        await scene.ExpectAsync(
            gateway,
            heard => heard.Is("RELAY") && heard["target"] == hidden.Id
                && (string?)heard.Json["payload"]!["type"] == "PONG"
                && (double)heard.Json["payload"]!["timestamp"]! == 40.5,
            $"The PING of {hidden}, which came in a RELAY of {gateway}, got no PONG in a RELAY.");
    }

    private static async Task StrangerAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await scene.SayAsync(
            scene[Role.Stranger], scene.Make.Relay(scene.A.Id, scene.Node, scene.Make.Ping(scene.A.Id, "41.5")));
        await scene.NeverAsync(heard => IsPongAnywhere(heard, "41.5"), "It answered what a stranger's RELAY had in it");
        await scene.SayAsync(
            scene[Role.Stranger], scene.Make.Relay("7000", scene.B.Id, scene.Make.Ping("7000", "41.25")));
        await scene.NeverAsync(
            heard => heard.Is("RELAY") && heard["sender"] == "7000", "It passed on a stranger's RELAY");
    }

    private static async Task ForgedAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await scene.SayAsync(scene.B, scene.Make.Relay(scene.A.Id, scene.Node, scene.Make.Ping(scene.A.Id, "41.5")));
        await scene.NeverAsync(
            heard => IsPongAnywhere(heard, "41.5"),
            $"{scene.B} sent a RELAY with the name of {scene.A}, which can connect by itself, and it was answered");
    }

    /// <summary>Not one of those that the node writes for itself.</summary>
    private static bool IsRelayOf(Heard heard, string origin) => heard.Is("RELAY") && heard["sender"] == origin;

    private static bool IsPongAnywhere(Heard heard, string time) =>
        Scene.IsPong(heard, time) || (heard.Is("RELAY") && heard.Text.Contains(time, StringComparison.Ordinal));
}
