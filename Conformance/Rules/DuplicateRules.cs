using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>Message ids and duplicates: W18 to W20.</summary>
internal static class DuplicateRules
{
    private const string TooLong = "In real time it would take ten minutes.";
    private const double AlmostTenMinutes = 570;

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W18", new RuleTest("A message that comes twice is answered once", TwiceAsync)),
        ("W18", new RuleTest("Two peers may use the same message_id", TwoPeersAsync)),
        ("W19", new RuleTest("What it says again has a new message_id", NewIdsAsync)),
        ("W20", new RuleTest("It knows a message_id for ten minutes", RemembersMessageAsync)
        {
            Forms = Forms.Stdio,
            WhyNotBoth = TooLong,
        }),
        ("W20", new RuleTest("It knows a tx_id for ten minutes", RemembersTransactionAsync)
        {
            Forms = Forms.Stdio,
            WhyNotBoth = TooLong,
        }),
    ];

    private static async Task TwiceAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var ping = scene.Make.Ping(scene.A.Id, "18.5");
        await PongAsync(scene, scene.A, ping);
        await scene.SayAsync(scene.A, ping);
        await scene.NeverAsync(heard => Scene.IsPong(heard, "18.5"), "The same PING was answered a second time");
    }

    private static async Task TwoPeersAsync(Scene scene)
    {
        var id = scene.Make.NewId();
        foreach (var player in (Neighbour[])[scene.A, scene.B])
        {
            await scene.SyncAsync(player);
            await PongAsync(scene, player, Lines.Object(
                ("type", "\"PING\""), ("sender", Lines.Text(player.Id)), ("timestamp", "18.5"),
                    ("message_id", Lines.Text(id))));
        }
    }

    private static async Task PongAsync(Scene scene, Neighbour player, string ping)
    {
        await scene.SayAsync(player, ping);
        await scene.ExpectAsync(
            player, heard => Scene.IsPong(heard, "18.5"),
            $"The PING of {player} got no PONG, though {player} had not used its message_id before.");
    }

    private static async Task NewIdsAsync(Scene scene)
    {
        scene.A.Ignores.UnionWith(["GETBLOCK", "PING", "HELLO", "GET_PEERS", "GET_BLOCK_HEADERS"]);
        await scene.SayAsync(scene.A, scene.Make.Inv(scene.A.Id, scene.Make.NoBlock()));
        await scene.PassAsync(scene.IsOverTcp ? 8 : 40);
        var said = scene.HeardAll.Where(heard => heard.To == scene.A && heard.MessageId is not null).ToList();
        if (said.GroupBy(heard => heard.MessageId).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new BrokenRuleException(
                $"It sent the message_id {same.Key} {same.Count()} times, with {same.First().Type}.");
        }

        if (!said.GroupBy(heard => heard.Type).Any(group => group.Count() > 1))
        {
            throw new CannotTellException("It said nothing a second time, though it got no answers.");
        }
    }

    private static async Task RemembersMessageAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var ping = scene.Make.Ping(scene.A.Id, "18.5");
        await PongAsync(scene, scene.A, ping);
        await scene.PassAsync(AlmostTenMinutes);
        await scene.SayAsync(scene.A, ping);
        await scene.NeverAsync(
            heard => Scene.IsPong(heard, "18.5"), "After nine and a half minutes the same PING was answered again");
    }

    private static async Task RemembersTransactionAsync(Scene scene)
    {
        var transaction = scene.Make.Transaction();
        await scene.SayAsync(scene.A, transaction.Text);
        if (await scene.FindAsync(heard => heard.IsTransaction(transaction.Id), scene.Soon) is null)
        {
            throw new CannotTellException("It passed no transaction on (W58).");
        }

        await scene.PassAsync(AlmostTenMinutes);
        await scene.SayAsync(scene.A, transaction.Text);
        await scene.NeverAsync(
            heard => heard.IsTransaction(transaction.Id),
            "After nine and a half minutes it passed the same transaction on again");
    }
}
