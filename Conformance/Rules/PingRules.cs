using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>HELLO, PING and PONG: W28 to W30.</summary>
internal static class PingRules
{
    /// <summary>More than <c>unreachableAfter</c>.</summary>
    private const double LongSilence = 30;

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W28", new RuleTest("HELLO is answered with HELLO", AnswersHelloAsync)),
        ("W28", new RuleTest("Two peers that answer every HELLO do not greet each other without end", GreetsOnceAsync)),
        ("W29", new RuleTest("A PONG has the timestamp of its PING", CopiesTimestampAsync)),
        ("W30", new RuleTest("A peer that says something else than PONG is ALIVE", AnyMessageAsync)
        {
            Settings = settings => settings with { SyncInterval = TimeSpan.FromSeconds(10) },
            IsLong = true,
        }),
        ("W30", new RuleTest("A peer that was silent for 25 s is sent PING, PONG and HELLO only", SilenceAsync)
        {
            IsLong = true,
            Doubt = "Its unreachableAfter may be longer.",
        }),
    ];

    private static async Task AnswersHelloAsync(Scene scene)
    {
        await scene.PassAsync(4);
        await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info));
        var hello = await scene.ExpectAsync(
            scene.A, heard => heard.Is("HELLO"), "A HELLO got no HELLO, though it had said none for four seconds.");
        if (hello["sender"] != scene.Node || hello["ip"] != scene.Plan.Peers[0].Info.Ip)
        {
            throw new BrokenRuleException($"Its HELLO has another sender or ip than its own: {hello.Text}");
        }
    }

    private static async Task GreetsOnceAsync(Scene scene)
    {
        scene.A.Ignores.Add("HELLO");
        await scene.PassAsync(4);
        await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info));
        var answers = 0;
        while (await scene.FindAsync(scene.A, heard => heard.Is("HELLO"), 0.8) is not null)
        {
            if (++answers == 4)
            {
                throw new BrokenRuleException(
                    "It answered four HELLOs in a row, each within a second of its own last one.");
            }

            await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info));
        }
    }

    private static async Task CopiesTimestampAsync(Scene scene)
    {
        foreach (var time in (string[])["1795976961.341317", "5.0", "0", "-12.75", "1e-05"])
        {
            await scene.SayAsync(scene.A, scene.Make.Ping(scene.A.Id, time));
            var pong = await scene.ExpectAsync(
                scene.A, heard => heard.Is("PONG"), $"No PONG came to a PING with timestamp {time}.");
            if (!Scene.IsPong(pong, time))
            {
                throw new BrokenRuleException($"The PING had timestamp {time}, the PONG has {pong.Json["timestamp"]}.");
            }
        }
    }

    private static async Task AnyMessageAsync(Scene scene)
    {
        // It never answers a PING, but it is there.
        scene.A.Ignores.UnionWith(["PING", "HELLO"]);
        for (var time = 0.0; time < LongSilence; time += 5)
        {
            await scene.SayAsync(scene.A, scene.Make.GetHeaders(scene.A.Id));
            await scene.PassAsync(5);
        }

        var transaction = scene.Make.Transaction();
        await scene.SayAsync(scene.B, transaction.Text);
        if (await scene.FindAsync(scene.C, heard => heard.IsTransaction(transaction.Id)) is null)
        {
            throw new CannotTellException("It passed no transaction on (W58).");
        }

        await scene.ExpectAsync(
            scene.A, heard => heard.IsTransaction(transaction.Id),
            $"It passed a transaction on, but not to {scene.A}, which had asked it something every five seconds.");
    }

    private static async Task SilenceAsync(Scene scene)
    {
        scene.A.IsSilent = true;
        await scene.PassAsync(LongSilence);
        await scene.SayAsync(scene.B, scene.Make.Transaction().Text);
        await scene.SayAsync(scene.B, scene.Make.Block(Lines.Genesis).Text);
        scene.Mark();
        await scene.NeverAsync(
            heard => heard.To == scene.A && !(heard.Is("PING") || heard.Is("PONG") || heard.Is("HELLO")),
            $"{scene.A} had said nothing for 30 s, and was sent", 5);
    }
}
