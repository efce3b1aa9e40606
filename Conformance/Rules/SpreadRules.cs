using Blockchain.Conformance.Running;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Rules;

/// <summary>How things spread: W58 to W63.</summary>
internal static class SpreadRules
{
    private const string MayGoToOthers = "It may have gone to other peers of the node.";
    private const string MayAskOthers = "It may ask other peers.";

    /// <summary>Until then, each block that has come may be its new tip.</summary>
    private static readonly TimeSpan CaughtUp = TimeSpan.FromSeconds(0.6);

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W58", new RuleTest("A new transaction goes to other full peers", SpreadsTransactionAsync)
        {
            IsAlone = true,
            Doubt = MayGoToOthers,
        }),
        ("W58", new RuleTest("It goes neither back nor to light peers, and only once", NotBackAsync)
        {
            Others = [Role.Light],
            IsAlone = true,
        }),
        ("W59", new RuleTest("A new block is announced to others", AnnouncesAsync)
        {
            IsAlone = true,
            Doubt = MayGoToOthers,
        }),
        ("W59", new RuleTest("A block is not announced for ever, nor to the peer that brought it", NotForEverAsync)
        {
            IsAlone = true,
        }),
        ("W60", new RuleTest("Of blocks that it fetched to catch up, it does not announce the old ones",
            OnlyNewsAsync) { IsAlone = true }),
        ("W61", new RuleTest("Of several announcers it asks one", AsksOneAsync)),
        ("W61", new RuleTest("If no block comes it asks the next announcer", AsksNextAsync)),
        ("W62", new RuleTest("It asks a full peer for headers when it starts, and again", AsksForHeadersAsync)
        {
            Others = [Role.Light],
            IsLong = true,
            Doubt = MayAskOthers,
        }),
        ("W62", new RuleTest("It fetches the chain that it lacks", CatchesUpAsync)
        {
            IsAlone = true,
            Doubt = MayAskOthers,
        }),
        ("W63", new RuleTest("A light peer makes no blocks and no transactions", LightMakesNothingAsync)
        {
            Info = info => info with { Light = true },
            Settings = MakesThings,
        }),
    ];

    private static PeerSettings MakesThings(PeerSettings settings) => settings with
    {
        BlockInterval = TimeSpan.FromSeconds(2),
        TransactionInterval = TimeSpan.FromSeconds(2),
    };

    private static async Task SpreadsTransactionAsync(Scene scene)
    {
        var transaction = scene.Make.Transaction();
        await scene.SayAsync(scene.A, transaction.Text);
        var passed = await scene.FindAsync(
            heard => heard.IsTransaction(transaction.Id) && heard.To != scene.A, scene.Soon)
            ?? throw new BrokenRuleException($"A transaction of {scene.A} went neither to {scene.B} nor to {scene.C}.");
        if (Lines.Hash(passed.Text) != Lines.Hash(transaction.Text))
        {
            throw new BrokenRuleException($"The transaction came as {transaction.Text} and went on as {passed.Text}");
        }
    }

    private static async Task NotBackAsync(Scene scene)
    {
        var transaction = scene.Make.Transaction();
        await scene.SayAsync(scene.A, transaction.Text);
        await scene.PassAsync(1);
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            await scene.SayAsync(player, transaction.Text);
        }

        await scene.PassAsync(2);
        var copies = scene.HeardAll.Where(heard => heard.IsTransaction(transaction.Id)).ToList();
        if (copies.Find(heard => heard.To == scene.A || heard.To == scene[Role.Light]) is { } wrong)
        {
            throw new BrokenRuleException(wrong.To == scene.A
                ? $"It sent a transaction back to {scene.A}, which had brought it."
                : $"It sent a transaction to {wrong.To}, a light peer.");
        }

        if (copies.GroupBy(heard => heard.To).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new BrokenRuleException($"It sent the same transaction to {twice.Key} {twice.Count()} times.");
        }
    }

    private static async Task AnnouncesAsync(Scene scene)
    {
        var block = scene.Make.Block(scene.Root);
        await AnnounceAsync(scene, scene.A, block);
        if (await scene.FindAsync(heard => heard.Announces(block.Id) && heard.To != scene.A, scene.Soon) is null)
        {
            throw new BrokenRuleException($"A block of {scene.A} was announced neither to {scene.B} nor to {scene.C}.");
        }
    }

    private static async Task NotForEverAsync(Scene scene)
    {
        var block = scene.Make.Block(scene.Root);
        await AnnounceAsync(scene, scene.A, block);
        await scene.PassAsync(4);
        var told = scene.HeardAll.Where(heard => heard.Announces(block.Id)).ToList();
        if (told.Exists(heard => heard.To == scene.A))
        {
            throw new BrokenRuleException($"It announced a block to {scene.A}, which had brought it.");
        }

        if (told.GroupBy(heard => heard.To).FirstOrDefault(group => group.Count() > 5) is { } often)
        {
            throw new BrokenRuleException(
                $"It announced one block to {often.Key} {often.Count()} times; five rounds are right.");
        }

        scene.Mark();
        await scene.NeverAsync(
            heard => heard.Announces(block.Id), "Four seconds after it came, the block was still announced", 4);
    }

    private static async Task OnlyNewsAsync(Scene scene)
    {
        var chain = scene.Make.Branch(scene.Root, 20);
        scene.A.Chain = scene.B.Chain = scene.C.Chain = chain;
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            player.Has([.. chain]);
        }

        var last = chain[^1].Id;
        for (var until = 0; until < 25 && !(await scene.ChainAsync(scene.C)).Contains(last); until++)
        {
            await scene.PassAsync(1);
        }

        if (!(await scene.ChainAsync(scene.C)).Contains(last))
        {
            throw new CannotTellException("It did not fetch the chain of the others within 25 s (W62).");
        }

        await scene.PassAsync(2);
        var fetched = scene.HeardAll.Where(heard => heard.AsksFor(last)).Min(heard => heard.At) + CaughtUp;
        var old = chain.SkipLast(6).Select(block => block.Id).ToHashSet();
        if (scene.HeardAll.FirstOrDefault(heard => heard.At > fetched && heard.Is("INV")
            && heard.BlockIds.Any(old.Contains))
            is { } wrong)
        {
            throw new BrokenRuleException(
                $"It has caught up, and announces blocks that are deep in the chain: {Scene.Short(wrong.Text)}");
        }
    }

    /// <summary>A block of which the peers hear in the usual way: by INV.</summary>
    private static async Task AnnounceAsync(Scene scene, Neighbour from, Made block)
    {
        from.Has(block);
        await scene.SayAsync(from, scene.Make.Inv(from.Id, block.Id));
        if (await scene.FindAsync(from, heard => heard.AsksFor(block.Id)) is null)
        {
            throw new CannotTellException("It asked for no block that was announced (W61).");
        }

        await scene.PassAsync(0.1);
    }

    private static async Task AsksOneAsync(Scene scene)
    {
        var block = scene.Make.Block(Lines.Genesis);
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            await scene.SayAsync(player, scene.Make.Inv(player.Id, block.Id));
        }

        await scene.PassAsync(0.6);
        var asked = scene.HeardAll.Where(heard => heard.AsksFor(block.Id)).ToList();
        if (asked.Select(heard => heard.To).Distinct().Count() > 1)
        {
            throw new BrokenRuleException(
                $"Three peers announced a block, and it asked {asked.Count} of them within half a second.");
        }

        if (asked.Count == 0)
        {
            throw new BrokenRuleException("Three peers announced a block, and none of them was asked for it.");
        }
    }

    private static async Task AsksNextAsync(Scene scene)
    {
        var block = scene.Make.Block(Lines.Genesis);
        scene.B.Has(block);
        await scene.SayAsync(scene.A, scene.Make.Inv(scene.A.Id, block.Id));
        if (await scene.FindAsync(scene.A, heard => heard.AsksFor(block.Id)) is null)
        {
            throw new CannotTellException("It asked for no block that was announced.");
        }

        await scene.SayAsync(scene.B, scene.Make.Inv(scene.B.Id, block.Id));
        await scene.ExpectAsync(
            scene.B, heard => heard.AsksFor(block.Id),
            $"{scene.A} announced a block and did not answer; {scene.B} announced it too, and was not asked.", 15);
    }

    private static async Task AsksForHeadersAsync(Scene scene)
    {
        await scene.PassAsync(28);
        var asked = scene.HeardAll.Where(heard => heard.Is("GET_BLOCK_HEADERS")).ToList();
        if (asked.Find(heard => heard.To == scene[Role.Light]) is { } wrong)
        {
            throw new BrokenRuleException($"It asked {wrong.To} for headers, which is a light peer.");
        }

        if (asked.Count < 2)
        {
            throw new BrokenRuleException(
                $"In 28 s it asked for headers {asked.Count} times; it should when it starts and every 10 s.");
        }
    }

    private static async Task CatchesUpAsync(Scene scene)
    {
        var chain = scene.Make.Branch(scene.Root, 12);
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            player.Chain = chain;
            player.Has([.. chain]);
        }

        for (var time = 0; time < 25; time++)
        {
            if ((await scene.ChainAsync(scene.C)).Contains(chain[^1].Id))
            {
                return;
            }

            await scene.PassAsync(1);
        }

        throw new BrokenRuleException("Its peers have a chain of twelve blocks, and it did not fetch it within 25 s.");
    }

    private static async Task LightMakesNothingAsync(Scene scene)
    {
        await BlockRules.MustBeLightAsync(scene);
        await scene.PassAsync(scene.IsOverTcp ? 10 : 30);
        if (scene.HeardAll.FirstOrDefault(heard => heard.Is("TX") || heard.Is("BLOCK") || heard.Is("INV")) is { } made)
        {
            throw new BrokenRuleException($"It is a light peer, and sent {Scene.Short(made.Text)}");
        }
    }
}
