using Blockchain.Conformance.Running;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Rules;

/// <summary>What is valid, and what is the chain: W51 to W56.</summary>
internal static class ValidityRules
{
    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W51", new RuleTest("A transaction needs nothing but the right tx_id", OddTransactionsAsync)),
        ("W51", new RuleTest("A transaction with a false tx_id is used nowhere", FalseTransactionAsync)
        {
            Settings = MakesBlocks,
        }),
        ("W52", new RuleTest("A block with a false block_id is refused", FalseBlockAsync) { IsHarmful = true }),
        ("W52", new RuleTest("A block with a false tx_id in it is refused", FalseTransactionInBlockAsync)
        {
            IsHarmful = true,
        }),
        ("W53", new RuleTest("A block with a transaction twice is rejected", TwiceInBlockAsync)),
        ("W53", new RuleTest("A block with a transaction of its ancestors is rejected", TwiceInBranchAsync)),
        ("W53", new RuleTest("A block that is built on a rejected one is rejected", OnRejectedAsync)),
        ("W53", new RuleTest("Two branches may have the same transaction", SameInTwoBranchesAsync)),
        ("W53", new RuleTest("Its own blocks repeat no transaction of the chain",
            OwnBlocksAsync) { Settings = MakesBlocks }),
        ("W54", new RuleTest("It asks for the parent of an orphan", AsksForParentAsync)),
        ("W54", new RuleTest("An orphan waits for its parent, which somebody else brings", OrphanWaitsAsync)
        {
            IsAlone = true,
        }),
        ("W54", new RuleTest("Three generations may come in the wrong order", ThreeGenerationsAsync)
        {
            IsAlone = true,
        }),
        ("W55", new RuleTest("The longest branch is the chain", LongestAsync) { IsAlone = true }),
        ("W55", new RuleTest("It changes to a branch that has become longer", ReorganisesAsync) { IsAlone = true }),
        ("W55", new RuleTest("Among equal branches the lowest id is the chain, when it came last", LowestLastAsync)
        {
            IsAlone = true,
        }),
        ("W55", new RuleTest("Among equal branches the lowest id is the chain, when it came first", LowestFirstAsync)
        {
            IsAlone = true,
        }),
        ("W55", new RuleTest("Of two longest branches it is the id of the tip that counts", TipCountsAsync)
        {
            IsAlone = true,
        }),
        ("W56", new RuleTest("A transaction of a branch that was left is in a later block of its own", ReturnsAsync)
        {
            Settings = MakesBlocks,
        }),
    ];

    private static PeerSettings MakesBlocks(PeerSettings settings) =>
        settings with { BlockInterval = TimeSpan.FromSeconds(4) };

    private static async Task OddTransactionsAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        foreach (var odd in (Made[])[
            scene.Make.Transaction("-5"), scene.Make.Transaction("0"), scene.Make.Transaction("0.5"),
            scene.Make.Transaction("123456789012"), scene.Make.Transaction(timestamp: "0"),
                scene.Make.Transaction(from: ""),
            scene.Make.Transaction(from: "me", to: "me"), scene.Make.Transaction(timestamp: "99999999999.5")])
        {
            await scene.MustAcceptAsync(
                scene.Make.Block(first.Id, [odd]), $"It refused a block with the transaction {odd.Text}");
        }
    }

    private static async Task FalseTransactionAsync(Scene scene)
    {
        var right = scene.Make.Transaction();
        var (falseId, changed) = (scene.Make.Transaction(), scene.Make.Transaction());
        await scene.SayAsync(scene.A, falseId.Text.Replace(falseId.Id, scene.Make.NoBlock(), StringComparison.Ordinal));
        await scene.SayAsync(scene.A, changed.Text.Replace("somebody else", "a thief", StringComparison.Ordinal));
        await scene.SayAsync(scene.A, right.Text);
        await scene.OwnBlockAsync(block => Scene.TransactionsOf(block).Contains(right.Id));
        if (scene.HeardAll.FirstOrDefault(heard => (heard.Is("TX") && heard["tx_id"] != right.Id)
            || (heard.Is("BLOCK") && Scene.TransactionsOf(heard).Any(id => id != right.Id))) is { } wrong)
        {
            throw new BrokenRuleException($"It used a transaction with a false tx_id: {wrong.Text}");
        }
    }

    private static async Task FalseBlockAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        await scene.MustRefuseAsync(
            scene.Make.Block(first.Id, falseId: scene.Make.NoBlock()), "It took a block with a random block_id.");
        var right = scene.Make.Block(first.Id);
        await scene.MustRefuseAsync(
            right with { Text = right.Text.Replace("maker", "other", StringComparison.Ordinal) },
            "It took a block whose sender was changed after its block_id had been computed.");
    }

    private static async Task FalseTransactionInBlockAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        var right = scene.Make.Transaction();
        var wrong = right with { Text = right.Text.Replace("somebody else", "a thief", StringComparison.Ordinal) };
        await scene.MustRefuseAsync(
            scene.Make.Block(first.Id, [wrong]), "It took a block with the right block_id and a false tx_id in it.");
    }

    private static async Task TwiceInBlockAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        var transaction = scene.Make.Transaction();
        await scene.MustRefuseAsync(
            scene.Make.Block(first.Id, [transaction, transaction]),
                "It took a block that has the same transaction twice.");
    }

    private static async Task TwiceInBranchAsync(Scene scene)
    {
        var (first, transaction) = (await scene.FirstBlockAsync(), scene.Make.Transaction());
        var second = scene.Make.Block(first.Id, [transaction]);
        var third = scene.Make.Block(second.Id);
        await scene.GiveAsync(scene.A, second, third);
        await scene.MustRefuseAsync(
            scene.Make.Block(third.Id, [transaction]), "It took a block with a transaction that its grandparent has.");
    }

    private static async Task OnRejectedAsync(Scene scene)
    {
        var (first, transaction) = (await scene.FirstBlockAsync(), scene.Make.Transaction());
        var rejected = scene.Make.Block(first.Id, [transaction, transaction]);
        await scene.GiveAsync(scene.A, rejected);
        await scene.MustRefuseAsync(
            scene.Make.Block(rejected.Id), "It took a block that is built on one with the same transaction twice.");
    }

    private static async Task SameInTwoBranchesAsync(Scene scene)
    {
        var (first, transaction) = (await scene.FirstBlockAsync(), scene.Make.Transaction());
        foreach (var block in (Made[])[scene.Make.Block(first.Id, [transaction]),
            scene.Make.Block(first.Id, [transaction])])
        {
            await scene.MustAcceptAsync(block, "It refused a block for a transaction that only another branch has.");
        }
    }

    private static async Task OwnBlocksAsync(Scene scene)
    {
        var (old, fresh) = (scene.Make.Transaction(), scene.Make.Transaction());
        await scene.GiveAsync(scene.A, scene.Make.Block(Lines.Genesis, [old]));
        await scene.SayAsync(scene.B, old.Text);
        await scene.SayAsync(scene.B, fresh.Text);
        await scene.OwnBlockAsync(heard => Scene.TransactionsOf(heard).Contains(fresh.Id));
        await scene.PassAsync(8);
        var own = scene.HeardAll.Where(scene.IsOwnBlock).DistinctBy(block => block["block_id"]).ToList();
        if (own.Find(block => Scene.TransactionsOf(block).Contains(old.Id)) is { } wrong)
        {
            throw new BrokenRuleException($"Its own block has a transaction that the chain has already: {wrong.Text}");
        }

        if (own.Count(block => Scene.TransactionsOf(block).Contains(fresh.Id)) > 1)
        {
            throw new BrokenRuleException("Two of its own blocks, one above the other, have the same transaction.");
        }
    }

    private static async Task AsksForParentAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(scene.Make.Block(Lines.Genesis).Id, 1);
        await scene.SayAsync(scene.A, blocks[0].Text);
        if (await scene.FindAsync(heard => heard.AsksFor(blocks[0].Parent), 5) is null)
        {
            throw new BrokenRuleException("It was given a block without its parent, and asked nobody for the parent.");
        }
    }

    private static async Task OrphanWaitsAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(scene.Root, 2);
        await scene.GiveAsync(scene.A, blocks[1]);
        await scene.PassAsync(2);
        await scene.GiveAsync(scene.B, blocks[0]);
        await scene.ChainMustBecomeAsync(blocks, "It had a block whose parent came two seconds later, and lost it.");
    }

    private static async Task ThreeGenerationsAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(scene.Root, 4);
        await scene.GiveAsync(scene.A, [.. blocks.Reverse()]);
        await scene.ChainMustBecomeAsync(blocks,
            "Four blocks came, the last one first, and it did not put them together.");
    }

    private static async Task LongestAsync(Scene scene)
    {
        var (one, other) = (scene.Make.Branch(scene.Root, 3), scene.Make.Branch(scene.Root, 2));
        await scene.GiveAsync(scene.A, [.. one, .. other]);
        await scene.ChainMustBecomeAsync(one, "It has branches of three and of two blocks.");
    }

    private static async Task ReorganisesAsync(Scene scene)
    {
        var first = scene.Make.Branch(scene.Root, 1);
        var (one, other) = (scene.Make.Branch(first[0].Id, 2), scene.Make.Branch(first[0].Id, 4));
        await scene.GiveAsync(scene.A, [.. first, .. one]);
        await scene.ChainMustBecomeAsync([.. first, .. one], "It was given three blocks, one on top of the other.");
        await scene.GiveAsync(scene.B, [.. other]);
        await scene.ChainMustBecomeAsync([.. first, .. other], "Another branch has become longer by two blocks.");
    }

    private static Task LowestLastAsync(Scene scene) => TieAsync(scene, isLowestFirst: false);

    private static Task LowestFirstAsync(Scene scene) => TieAsync(scene, isLowestFirst: true);

    private static async Task TieAsync(Scene scene, bool isLowestFirst)
    {
        var first = scene.Make.Block(scene.Root);
        Made[] tips = [.. Enumerable.Range(0, 3).Select(_ => scene.Make.Block(first.Id)).OrderBy(
            block => block.Id, StringComparer.Ordinal)];
        await scene.GiveAsync(scene.A, [first, .. isLowestFirst ? tips : tips.Reverse()]);
        await scene.PassAsync(0.5);
        await scene.ChainMustBecomeAsync([first, tips[0]], "Three branches have the same length.");
    }

    private static async Task TipCountsAsync(Scene scene)
    {
        var first = Enumerable.Range(0, 2).Select(_ => scene.Make.Block(scene.Root)).OrderBy(
            block => block.Id, StringComparer.Ordinal).ToList();
        var above = scene.Make.Block(first[0].Id);
        var lower = scene.Make.Block(first[1].Id);
        while (string.CompareOrdinal(lower.Id, above.Id) > 0)
        {
            lower = scene.Make.Block(first[1].Id);
        }

        await scene.GiveAsync(scene.A, first[0], above, first[1], lower);
        await scene.ChainMustBecomeAsync(
            [first[1], lower], "Two branches have the same length; the tip of the second one has the lower id.");
    }

    private static async Task ReturnsAsync(Scene scene)
    {
        var (lost, kept) = (scene.Make.Transaction(), scene.Make.Transaction());
        Made[] left = [scene.Make.Block(Lines.Genesis, [lost, kept])];
        var root = scene.Make.Block(Lines.Genesis, [kept]);
        Made[] longer = [root, .. scene.Make.Branch(root.Id, 4)];
        await scene.GiveAsync(scene.A, lost, kept);
        await scene.GiveAsync(scene.A, [.. left, .. longer]);
        var block = await scene.OwnBlockAsync(heard => IsAbove(scene, heard["block_id"]!, longer[^1].Id));
        for (var more = 0; more < 3 && !Scene.TransactionsOf(block).Contains(lost.Id); more++)
        {
            var last = block;
            scene.Mark();
            block = await scene.OwnBlockAsync(heard => heard["previous_block_id"] == last["block_id"]);
        }

        if (!Scene.TransactionsOf(block).Contains(lost.Id))
        {
            throw new BrokenRuleException(
                "A branch was left, and none of the four blocks that it then made has the transaction of that branch.");
        }

        if (scene.HeardAll.Where(scene.IsOwnBlock).FirstOrDefault(own => IsAbove(scene, own["block_id"]!, root.Id)
            && Scene.TransactionsOf(own).Contains(kept.Id)) is { } twice)
        {
            throw new BrokenRuleException($"It made a block with a transaction that the new branch has: {twice.Text}");
        }
    }

    /// <summary>Whether a block of the node stands on another one, as far as its own blocks were seen.</summary>
    private static bool IsAbove(Scene scene, string id, string below)
    {
        for (var at = id; at is not null; at = scene.ParentOf(at))
        {
            if (at == below)
            {
                return true;
            }
        }

        return false;
    }
}
