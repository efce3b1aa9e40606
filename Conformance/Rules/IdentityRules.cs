using Blockchain.Conformance.Running;
using Blockchain.Shared;

namespace Blockchain.Conformance.Rules;

/// <summary>Who is who: W21 to W27.</summary>
internal static class IdentityRules
{
    private const string OfTheTransport = "Over standard input and output the simulator says who is who.";

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W21", new RuleTest("A known peer is known by its address, without HELLO", KnownByAddressAsync)
        {
            Forms = Forms.Tcp,
            WhyNotBoth = OfTheTransport,
            Greets = false,
        }),
        ("W21", new RuleTest("A peer that says another's name in HELLO stays who it is", KeepsNameAsync)),
        ("W22", new RuleTest("A stranger's block is used", StrangersBlockAsync) { Others = [Role.Stranger] }),
        ("W22", new RuleTest("A stranger's questions get no answer",
            StrangersQuestionsAsync) { Others = [Role.Stranger] }),
        ("W23", OnTcp("A stranger that says HELLO as it should becomes a peer", BecomesPeerAsync)),
        ("W23", OnTcp("A stranger with another address in its HELLO becomes no peer", OtherAddressAsync)),
        ("W23", OnTcp("A stranger with the name of a known peer becomes no peer", TakenNameAsync)),
        ("W23", OnTcp("A stranger with the node's own name becomes no peer", OwnNameAsync)),
        ("W25", new RuleTest("A BLOCK goes to the peer of the connection, not to the sender", BlockToConnectionAsync)),
        ("W25", new RuleTest("A PONG goes to the peer of the connection, not to the sender", PongToConnectionAsync)),
        ("W25", new RuleTest("A GETBLOCK goes to the peer of the connection, not to the sender",
            QuestionToConnectionAsync)),
        ("W25", new RuleTest("What a stranger says in the name of a peer is answered to nobody", InTheNameOfAsync)
        {
            Others = [Role.Stranger],
        }),
        ("W26", new RuleTest("It does not connect to a peer behind the NAT of another network", NotBehindNatAsync)
        {
            Others = [Role.Hidden, Role.Gateway],
        }),
        ("W26", new RuleTest("Behind NAT, it does not connect to another network", BehindNatAsync)
        {
            Others = [Role.Inside],
            Info = info => info with { Nat = true, NetworkId = Roles.OwnNetwork },
        }),
        ("W27", new RuleTest("What peers.json says of a peer does not change", NeverChangesAsync)
        {
            WhyNotRunning = "is about peers of its file, which cannot be added to a node that runs",
        }),
    ];

    private static RuleTest OnTcp(string name, Func<Scene, Task> script) => new(name, script)
    {
        Forms = Forms.Tcp,
        WhyNotBoth = OfTheTransport,
        Others = [Role.Newcomer],
    };

    private static async Task KnownByAddressAsync(Scene scene)
    {
        if (!await scene.AnswersAsync(scene.A))
        {
            await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info));
            await scene.PassAsync(scene.AWhile);
            await scene.SyncAsync(scene.A);
            throw new BrokenRuleException(
                "A PING from the address of a known peer, without HELLO before it, got no PONG.");
        }
    }

    private static async Task KeepsNameAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await scene.SyncAsync(scene.B);
        await scene.SayAsync(scene.A, scene.Make.Hello(scene.A.Info with { Id = scene.B.Info.Id }));
        await scene.PassAsync(scene.AWhile);
        await scene.SayAsync(scene.A, scene.Make.Ping(scene.A.Id, "21.5"));
        await scene.ExpectAsync(
            scene.A, heard => Scene.IsPong(heard, "21.5"),
            $"After a HELLO with the name of {scene.B}, the PING of {scene.A} got no PONG.");
        await scene.SayAsync(scene.B, scene.Make.Ping(scene.B.Id, "22.5"));
        await scene.ExpectAsync(
            scene.B, heard => Scene.IsPong(heard, "22.5"),
            $"After {scene.A} had said the name of {scene.B}, the PING of {scene.B} got no PONG.");
    }

    private static async Task StrangersBlockAsync(Scene scene)
    {
        await scene.FirstBlockAsync();
        var block = scene.Make.Block(Lines.Genesis);
        await scene.SayAsync(scene[Role.Stranger], block.Text);
        if (await scene.FetchAsync(scene.B, block.Id) is null)
        {
            throw new BrokenRuleException("It did not take a stranger's block, whose id proves it.");
        }
    }

    private static async Task StrangersQuestionsAsync(Scene scene)
    {
        var stranger = scene[Role.Stranger];
        var block = await scene.FirstBlockAsync();
        foreach (var question in (string[])[
            scene.Make.Ping("7000", "22.5"), scene.Make.GetBlock("7000", block.Id), scene.Make.GetHeaders("7000"),
            scene.Make.Inv("7000", scene.Make.NoBlock()), scene.Make.Message("GET_PEERS", "7000")])
        {
            await scene.SayAsync(stranger, question);
            await scene.NeverAsync(
                heard => heard.To == stranger || Scene.IsPong(heard, "22.5") || heard.IsBlock(block.Id),
                $"It answered what a stranger said, {Scene.Short(question)}", 0.4);
        }
    }

    private static async Task BecomesPeerAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        var newcomer = scene[Role.Newcomer];
        await scene.SayAsync(newcomer, scene.Make.Hello(newcomer.Info));
        await scene.PassAsync(0.3);
        if (!await scene.AnswersAsync(newcomer))
        {
            throw new BrokenRuleException("A stranger said HELLO with its own address, but then its PING got no PONG.");
        }
    }

    private static Task OtherAddressAsync(Scene scene) =>
        StaysStrangerAsync(scene, info => info with { Ip = "127.99.99.99" },
            "another address than that of its connection");

    private static Task TakenNameAsync(Scene scene) =>
        StaysStrangerAsync(scene, info => info with { Id = scene.B.Info.Id }, "the name of a peer of the file");

    private static Task OwnNameAsync(Scene scene) =>
        StaysStrangerAsync(scene, info => info with { Id = new PeerId(scene.Node) }, "the node's own name");

    private static async Task StaysStrangerAsync(Scene scene, Func<PeerInfo, PeerInfo> change, string what)
    {
        var newcomer = scene[Role.Newcomer];
        newcomer.IsSilent = true;
        var said = change(newcomer.Info);
        await scene.SayAsync(newcomer, scene.Make.Hello(said));
        await scene.PassAsync(0.3);
        await scene.SayAsync(newcomer, scene.Make.Ping(said.Id.Value, "23.5"));
        await scene.NeverAsync(
            heard => Scene.IsPong(heard, "23.5"), $"It answered a stranger whose HELLO had {what}");
    }

    private static async Task BlockToConnectionAsync(Scene scene)
    {
        var block = await scene.FirstBlockAsync();
        await ToConnectionAsync(scene, scene.Make.GetBlock(scene.B.Id, block.Id), heard => heard.IsBlock(block.Id));
    }

    private static async Task PongToConnectionAsync(Scene scene)
    {
        await scene.SyncAsync(scene.A);
        await ToConnectionAsync(scene, scene.Make.Ping(scene.B.Id, "25.5"), heard => Scene.IsPong(heard, "25.5"));
    }

    private static async Task InTheNameOfAsync(Scene scene)
    {
        var block = await scene.FirstBlockAsync();
        foreach (var question in (string[])[
            scene.Make.Ping(scene.A.Id, "25.5"), scene.Make.GetBlock(scene.A.Id, block.Id)])
        {
            await scene.SayAsync(scene[Role.Stranger], question);
            await scene.NeverAsync(
                heard => Scene.IsPong(heard, "25.5") || heard.IsBlock(block.Id),
                $"A stranger used the name of {scene.A}, and was believed");
        }
    }

    private static Task QuestionToConnectionAsync(Scene scene)
    {
        var id = scene.Make.NoBlock();
        return ToConnectionAsync(scene, scene.Make.Inv(scene.B.Id, id), heard => heard.AsksFor(id));
    }

    private static async Task ToConnectionAsync(Scene scene, string line, Predicate<Heard> isAnswer)
    {
        await scene.SayAsync(scene.A, line);
        var answer = await scene.FindAsync(heard => isAnswer(heard), scene.Soon)
            ?? throw new BrokenRuleException($"{scene.A} got no answer to {Scene.Short(line)}");
        if (answer.To != scene.A)
        {
            throw new BrokenRuleException(
                $"{scene.A} said it, with {scene.B} as the sender, and {answer.To} got the answer: "
                    + $"{Scene.Short(answer.Text)}");
        }
    }

    private static async Task NotBehindNatAsync(Scene scene)
    {
        var hidden = scene[Role.Hidden];
        await GossipAsync(scene);
        Untouched(scene, hidden, "is behind the NAT of another network");
    }

    private static async Task BehindNatAsync(Scene scene)
    {
        await scene.SayAsync(scene[Role.Inside], scene.Make.Block(Lines.Genesis).Text);
        await scene.PassAsync(scene.IsOverTcp ? 8 : 30);
        foreach (var player in (Neighbour[])[scene.A, scene.B, scene.C])
        {
            Untouched(scene, player, "is outside its network, and it is behind NAT itself");
        }
    }

    private static async Task GossipAsync(Scene scene)
    {
        await scene.SayAsync(scene.A, scene.Make.Block(Lines.Genesis).Text);
        await scene.SayAsync(scene.A, scene.Make.Transaction().Text);
        await scene.PassAsync(scene.IsOverTcp ? 8 : 30);
    }

    private static void Untouched(Scene scene, Neighbour player, string why)
    {
        if (scene.HeardAll.FirstOrDefault(heard => heard.To == player) is { } heard)
        {
            throw new BrokenRuleException($"It sent {heard.Type} to {player}, which {why}.");
        }

        if (scene.IsOverTcp && scene.Tcp.Dialled.Any(call => call.To == player))
        {
            throw new BrokenRuleException($"It connected to {player}, which {why}.");
        }
    }

    private static async Task NeverChangesAsync(Scene scene)
    {
        var before = await PeersRules.EntryOfAsync(scene, scene.B, scene.A);
        await scene.SayAsync(scene.A,
            scene.Make.Hello(scene.A.Info with { Port = scene.A.Info.Port + 1, Light = true }));
        await scene.PassAsync(scene.AWhile);
        var after = await PeersRules.EntryOfAsync(scene, scene.B, scene.A);
        if (before != after)
        {
            throw new BrokenRuleException(
                $"After a HELLO of {scene.A} it says of it {after}; before, and in the file, {before}.");
        }
    }
}
