using System.Text.Json.Nodes;
using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>GET_BLOCK_HEADERS and BLOCK_HEADERS: W35 to W37.</summary>
internal static class HeaderRules
{
    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W35", new RuleTest("Without a locator the answer begins with the first block", FromFirstAsync)
        {
            IsAlone = true,
        }),
        ("W35", new RuleTest("The answer begins above the first id of the locator that is known", FromLocatorAsync)
        {
            IsAlone = true,
        }),
        ("W35", new RuleTest("With a locator that is not known the answer begins with the first block",
            UnknownLocatorAsync) { IsAlone = true }),
        ("W35", new RuleTest("Side branches stand behind the chain", SideBranchesAsync)
        {
            WhyNotRunning = "needs a node that knows no other branches yet",
        }),
        ("W36", new RuleTest("After 2,000 headers it asks for more", AsksForMoreAsync) { IsHarmful = true }),
        ("W37", new RuleTest("It asks for the tip of a locator that it has never heard of", AsksForTipAsync)),
        ("W37", new RuleTest("It tells of side branches that an answer did not have", TellsSideBranchAsync)
        {
            IsAlone = true,
            Doubt = "It may have many other branches to tell of.",
        }),
    ];

    private static async Task FromFirstAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(scene.Root, 5);
        await scene.GiveAsync(scene.A, [.. blocks]);
        await MustAnswerAsync(scene, [], All(scene, blocks));
    }

    private static async Task FromLocatorAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(scene.Root, 5);
        await scene.GiveAsync(scene.A, [.. blocks]);
        await MustAnswerAsync(scene, [scene.Make.NoBlock(), blocks[2].Id, blocks[0].Id], Ids(blocks.Skip(3)));
        await MustAnswerAsync(scene, [blocks[4].Id], []);
    }

    private static async Task UnknownLocatorAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(scene.Root, 3);
        await scene.GiveAsync(scene.A, [.. blocks]);
        await MustAnswerAsync(scene, [scene.Make.NoBlock()], All(scene, blocks));
    }

    /// <summary>With what a node that ran before has below them.</summary>
    private static List<string> All(Scene scene, IEnumerable<Made> blocks)
    {
        List<string> ids = [.. scene.Base, .. Ids(blocks)];
        return ids.Count <= Scene.MostHeaders
            ? ids
            : throw new CannotTellException("Its chain has more blocks than there are headers in one answer.");
    }

    private static IEnumerable<string> Ids(IEnumerable<Made> blocks) => blocks.Select(block => block.Id);

    private static async Task SideBranchesAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(Lines.Genesis, 4);
        var side = scene.Make.Branch(blocks[1].Id, 1);
        await scene.GiveAsync(scene.A, [.. blocks, .. side]);
        await MustAnswerAsync(scene, [side[0].Id], Ids([.. blocks.Skip(2), .. side]), isSideOptional: true);
        await MustAnswerAsync(scene, [], Ids([.. blocks, .. side]));
    }

    /// <param name="isSideOptional">Whether the headers behind the chain may be missing.</param>
    private static async Task MustAnswerAsync(
        Scene scene, string[] locator, IEnumerable<string> expected, bool isSideOptional = false)
    {
        var right = expected.ToList();
        List<string> said = [];
        for (var tries = 0; tries < 5; tries++)
        {
            await scene.SayAsync(scene.C, scene.Make.GetHeaders(scene.C.Id, locator));
            var answer = await scene.ExpectAsync(
                scene.C, heard => heard.Is("BLOCK_HEADERS"), "GET_BLOCK_HEADERS got no BLOCK_HEADERS.");
            said = [.. answer.Headers.Select(header => (string)header["block_id"]!)];
            if (scene.IsRunning)
            {
                // Side branches that it had before stand behind.
                said = [.. said.Take(right.Count)];
            }

            if (said.SequenceEqual(right) || (isSideOptional && said.SequenceEqual(right.SkipLast(1))))
            {
                CheckFields(scene, answer.Headers);
                return;
            }

            // What was given a moment ago may still be on its way through the node.
            await scene.PassAsync(0.4);
        }

        throw new BrokenRuleException(
            $"The locator was {Short(locator)}; the answer has {Short(said)}; right is {Short(right)}.");
    }

    private static void CheckFields(Scene scene, IEnumerable<JsonObject> headers)
    {
        foreach (var header in headers)
        {
            var id = (string)header["block_id"]!;
            var field = $"\"block_id\": \"{id}\"";
            if (scene.Log.FirstOrDefault(line => !line.IsFromTestee
                && line.Text.Contains(field, StringComparison.Ordinal)) is not { } line)
            {
                // A node that ran before had it already.
                continue;
            }

            CheckFields(header, JsonNode.Parse(line.Text)!);
        }
    }

    private static void CheckFields(JsonObject header, JsonNode block)
    {
        foreach (var field in (string[])["sender", "timestamp", "previous_block_id"])
        {
            if (!JsonNode.DeepEquals(header[field], block[field]))
            {
                throw new BrokenRuleException(
                    $"A header has another {field} than its block: {header.ToJsonString()}");
            }
        }
    }

    private static async Task AsksForMoreAsync(Scene scene)
    {
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            player.Ignores.Add("GET_BLOCK_HEADERS");
        }

        scene.Mark();
        var question = await scene.FindAsync(heard => heard.Is("GET_BLOCK_HEADERS"), 25)
            ?? throw new CannotTellException("It asked nobody for headers (W62).");
        var chain = scene.Make.Branch(Lines.Genesis, Scene.MostHeaders);
        await scene.SayAsync(question.To, scene.Make.Headers(question.To.Id, chain.Select(block => block.Header)));
        if (await scene.FindAsync(
            heard => heard.Is("GET_BLOCK_HEADERS") && heard.Locator is [var at, ..] && at == chain[^1].Id,
            scene.Soon + 4) is null)
        {
            throw new BrokenRuleException(
                "It got 2,000 headers, and did not ask for those after the last one.");
        }
    }

    private static async Task AsksForTipAsync(Scene scene)
    {
        var tip = scene.Make.NoBlock();
        await scene.SayAsync(scene.A, scene.Make.GetHeaders(scene.A.Id, tip));
        await scene.ExpectAsync(
            scene.A, heard => heard.AsksFor(tip),
            $"{scene.A} showed in a locator that it has a block which the node lacks, and was not asked for it.");
    }

    private static async Task TellsSideBranchAsync(Scene scene)
    {
        var chain = scene.Make.Branch(scene.Root, 3);
        var side = scene.Make.Branch(chain[0].Id, 1);
        await scene.GiveAsync(scene.A, [.. chain, .. side]);

        // The gossip about them is over before the question.
        await scene.PassAsync(2);
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            player.Chain = chain;
        }

        scene.Mark();
        var question = await scene.FindAsync(heard => heard.Is("GET_BLOCK_HEADERS"), 25)
            ?? throw new CannotTellException("It asked nobody for headers (W62).");
        await scene.ExpectAsync(
            question.To, heard => heard.Announces(side[0].Id),
            $"The headers of {question.To} lacked a side branch of the node, and no INV told of it.");
    }

    private static string Short(IEnumerable<string> ids) => $"[{string.Join(", ", ids.Select(id => id[..8]))}]";
}
