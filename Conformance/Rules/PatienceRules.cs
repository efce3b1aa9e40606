using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>Questions without an answer, offences and limits: W64 to W67.</summary>
internal static class PatienceRules
{
    /// <summary>More than <c>banAfter</c>.</summary>
    private const int ManyOffences = 6;

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W64", new RuleTest("A question without an answer is asked again, not before a second", AsksAgainAsync)),
        ("W65", new RuleTest("What has a false id is passed to nobody", PassesNothingFalseAsync) { IsHarmful = true }),
        ("W65", new RuleTest("An offence does not count against the peer that the message names", InnocentAsync)
        {
            IsHarmful = true,
        }),
        ("W66", new RuleTest("Two false ids are no reason for a ban, six are", BansAsync)
        {
            IsHarmful = true,
            Doubt = "Its banAfter may be smaller.",
        }),
        ("W67", new RuleTest("What was refused for its number may come again", RefusedMayComeAgainAsync)
        {
            IsHarmful = true,
        }),
    ];

    private static async Task AsksAgainAsync(Scene scene)
    {
        var id = scene.Make.NoBlock();
        await scene.SayAsync(scene.A, scene.Make.Inv(scene.A.Id, id));
        var first = await scene.FindAsync(scene.A, heard => heard.AsksFor(id))
            ?? throw new CannotTellException("It asked for no block that was announced (W61).");
        var second = await scene.FindAsync(heard => heard.AsksFor(id) && heard.Number > first.Number, 12)
            ?? throw new BrokenRuleException("A GETBLOCK got no answer, and was not asked again within 12 s.");
        var after = (second.At - first.At).TotalSeconds;
        if (after < 0.9)
        {
            throw new BrokenRuleException(FormattableString.Invariant(
                $"A GETBLOCK was asked again after {after:0.00} s; it should wait 1 s and two round-trip times."));
        }
    }

    private static async Task PassesNothingFalseAsync(Scene scene)
    {
        var transaction = scene.Make.Transaction();
        var block = scene.Make.Block(Lines.Genesis, falseId: scene.Make.NoBlock());
        await scene.SayAsync(
            scene.A, transaction.Text.Replace("somebody else", "a thief", StringComparison.Ordinal));
        await scene.SayAsync(scene.A, block.Text);
        scene.Mark();
        await scene.NeverAsync(
            heard => heard.IsTransaction(transaction.Id) || heard.IsBlock(block.Id) || heard.Announces(block.Id),
            "It passed on what has a false id", 2);
    }

    private static async Task InnocentAsync(Scene scene)
    {
        await scene.SyncAsync(scene.B);
        await OffendAsync(scene, ManyOffences);
        if (!await scene.AnswersAsync(scene.B))
        {
            throw new BrokenRuleException(
                $"{scene.A} sent false ids in the name of {scene.B}, and now {scene.B} gets no answer.");
        }
    }

    private static async Task BansAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await OffendAsync(scene, 2);
        if (!await scene.AnswersAsync(scene.A))
        {
            throw new BrokenRuleException("After two false ids it answers no more; more than three points are a ban.");
        }

        await OffendAsync(scene, ManyOffences);
        if (await scene.AnswersAsync(scene.A, scene.AWhile))
        {
            throw new CannotTellException(
                $"It still answers a peer that sent {2 + ManyOffences} false ids: it bans nobody, which harms nobody "
                    + "else.");
        }
    }

    /// <summary>False ids that A delivers, with the name of B in them.</summary>
    private static async Task OffendAsync(Scene scene, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var line = i % 2 == 0
                ? scene.Make.Block(Lines.Genesis, falseId: scene.Make.NoBlock(), sender: scene.B.Id).Text
                : scene.Make.Transaction(from: scene.B.Id).Text.Replace("somebody else", "a thief",
                    StringComparison.Ordinal);
            await scene.SayAsync(scene.A, line);
        }

        await scene.PassAsync(0.5);
    }

    private static async Task RefusedMayComeAgainAsync(Scene scene)
    {
        const int Count = 160;
        await scene.SyncAsync(scene.A);
        var pings = Enumerable.Range(0, Count).ToDictionary(i => $"{i}.5", i => scene.Make.Ping(scene.A.Id, $"{i}.5"));
        foreach (var ping in pings.Values)
        {
            await scene.SayAsync(scene.A, ping);
        }

        await scene.PassAsync(7);
        foreach (var (time, _) in pings.Where(one =>
            scene.HeardAll.Any(heard => Scene.IsPong(heard, one.Key))).ToList())
        {
            pings.Remove(time);
        }

        if (pings.Count == 0)
        {
            throw new CannotTellException(
                $"It refused none of {Count} messages that came at once: it has no such limit.");
        }

        var (again, line) = pings.First();
        await scene.SayAsync(scene.A, line);
        await scene.ExpectAsync(
            scene.A, heard => Scene.IsPong(heard, again),
            $"It refused {pings.Count} of {Count} messages that came at once; one of them came again later, and was "
                + "refused again.");
    }
}
