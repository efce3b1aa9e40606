using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>INV and GETBLOCK: W31 to W34.</summary>
internal static class BlockRules
{
    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W31", new RuleTest("A block with a false id is not announced", FalseIdAsync) { IsHarmful = true }),
        ("W32", new RuleTest("A light peer sends no INV", LightAsync) { Info = info => info with { Light = true } }),
        ("W33", new RuleTest("GETBLOCK gets a BLOCK for each id", EachBlockAsync)),
        ("W33", new RuleTest("A light peer gets one BLOCK_HEADERS instead of blocks", HeadersForLightAsync)
        {
            Others = [Role.Light],
        }),
        ("W33", new RuleTest("A block that it made and announced can be had from it", OwnBlockAsync)
        {
            Settings = settings => settings with { BlockInterval = TimeSpan.FromSeconds(4) },
        }),
        ("W34", new RuleTest("A question for a block that comes later is answered then", LaterAsync)),
        ("W34", new RuleTest("A question for a block that is not there gets no answer", NoSuchBlockAsync)),
    ];

    /// <exception cref="CannotTellException">The node says in its HELLO that it is a full peer.</exception>
    public static async Task MustBeLightAsync(Scene scene)
    {
        var hello = await scene.FindAsync(_ => scene.HeardAll.Any(heard => heard.Is("HELLO")), 10) is null
            ? null
            : scene.HeardAll.First(heard => heard.Is("HELLO"));
        if ((bool?)hello?.Json["flags"]?["light"] != true)
        {
            throw new CannotTellException(
                "The file says that it is a light peer, its HELLO does not: it plays full peers only.");
        }
    }

    private static async Task FalseIdAsync(Scene scene)
    {
        await scene.FirstBlockAsync();
        var block = scene.Make.Block(Lines.Genesis, falseId: scene.Make.NoBlock());
        await scene.SayAsync(scene.A, block.Text);
        await scene.NeverAsync(
            heard => heard.Announces(block.Id), "It announced a block with a false id", 2 * scene.AWhile);
    }

    private static async Task LightAsync(Scene scene)
    {
        scene.A.Chain = scene.B.Chain = scene.Make.Branch(Lines.Genesis, 3);
        await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info));
        await MustBeLightAsync(scene);
        await scene.SayAsync(scene.A, scene.A.Chain[0].Text);
        await scene.NeverAsync(
            heard => heard.Is("INV"), "It is a light peer, and sent an INV", scene.IsOverTcp ? 15 : 40);
    }

    private static async Task EachBlockAsync(Scene scene)
    {
        var blocks = scene.Make.Branch(Lines.Genesis, 4);
        await scene.GiveAsync(scene.A, [.. blocks]);
        await scene.PassAsync(0.3);
        await scene.SayAsync(scene.B, scene.Make.GetBlock(scene.B.Id, blocks.Select(block => block.Id)));
        foreach (var block in blocks)
        {
            await scene.ExpectAsync(
                scene.B, heard => heard.IsBlock(block.Id),
                $"A GETBLOCK for four blocks that it had been given got no BLOCK for {block.Id[..8]}….");
        }
    }

    private static async Task HeadersForLightAsync(Scene scene)
    {
        var (light, lacking) = (scene[Role.Light], scene.Make.NoBlock());
        var blocks = scene.Make.Branch(Lines.Genesis, 2);
        await scene.GiveAsync(scene.A, [.. blocks]);
        await scene.PassAsync(0.3);
        await scene.SayAsync(light, scene.Make.GetBlock(light.Id, blocks[0].Id, lacking, blocks[1].Id));
        var answer = await scene.FindAsync(light, heard => heard.Is("BLOCK_HEADERS") || heard.Is("BLOCK"))
            ?? throw new BrokenRuleException("A light peer's GETBLOCK got no answer.");
        if (answer.Is("BLOCK"))
        {
            throw new BrokenRuleException("A light peer asked, and got a whole BLOCK instead of headers.");
        }

        var ids = answer.Headers.Select(header => (string)header["block_id"]!).ToHashSet();
        if (!ids.SetEquals(blocks.Select(block => block.Id)))
        {
            throw new BrokenRuleException(
                $"A light peer asked for two blocks that are there and one that is not, and got {ids.Count} headers.");
        }

        await scene.NeverAsync(
            heard => heard.To == light && heard.Is("BLOCK"), "A light peer got headers, and then a whole BLOCK");
    }

    private static async Task OwnBlockAsync(Scene scene)
    {
        var inv = await scene.FindAsync(heard => heard.Is("INV"), 20)
            ?? throw new CannotTellException("It announced no block within 20 s, with a blockInterval of 4 s.");
        var id = inv.BlockIds[0];
        var block = await scene.FetchAsync(inv.To, id)
            ?? throw new BrokenRuleException($"It announced the block {id[..8]}… of its own, and does not send it.");
        if (block["sender"] == scene.Node && !(await scene.ChainAsync(scene.C)).Contains(id))
        {
            throw new BrokenRuleException(
                $"It made the block {id[..8]}…, alone in its network, and does not have it in its chain.");
        }
    }

    private static async Task LaterAsync(Scene scene)
    {
        await scene.FirstBlockAsync();
        var block = scene.Make.Block(Lines.Genesis);
        await scene.SayAsync(scene.B, scene.Make.GetBlock(scene.B.Id, block.Id));
        await scene.PassAsync(1);
        await scene.SayAsync(scene.A, block.Text);
        await scene.ExpectAsync(
            scene.B, heard => heard.IsBlock(block.Id),
            $"{scene.B} asked for a block one second before it came, and did not get it then.");
    }

    private static async Task NoSuchBlockAsync(Scene scene)
    {
        var id = scene.Make.NoBlock();
        await scene.SayAsync(scene.B, scene.Make.GetBlock(scene.B.Id, id));
        await scene.NeverAsync(
            heard => heard.To == scene.B && heard.Text.Contains(id, StringComparison.Ordinal)
                && !(heard.Is("GETBLOCK") || heard.Is("GET_BLOCK_HEADERS")),
            "It answered a question for a block that nobody has", 4);
    }
}
