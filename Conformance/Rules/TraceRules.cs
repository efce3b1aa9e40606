using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>Trace context: W45 to W50.</summary>
internal static class TraceRules
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string DoesNotTrace = "It does not trace.";
    private static readonly string[] MayHaveIt = ["INV", "GETBLOCK", "TX", "HELLO", "RELAY"];

    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W45", new RuleTest("A trace context in another form counts as absent", OtherFormAsync)),
        ("W46", new RuleTest("Its blocks have no trace context, nor have the transactions in them", NotOnBlocksAsync)
        {
            Settings = settings => settings with { BlockInterval = TimeSpan.FromSeconds(4) },
        }),
        ("W46", new RuleTest("No other messages than INV, GETBLOCK, TX, HELLO and RELAY have one", OnFiveTypesAsync)),
        ("W47", new RuleTest("On an INV, its trace id is the first half of the block's id", OnInvAsync)),
        ("W48", new RuleTest("On a GETBLOCK, it is that of the announcement", OnQuestionAsync)),
        ("W49", new RuleTest("On a TX, it is passed on or replaced by the node's own", OnTransactionAsync)),
        ("W50", new RuleTest("tracestate counts hops, and keeps the members of others", HopsAsync)),
    ];

    private static async Task OtherFormAsync(Scene scene)
    {
        foreach (var context in (string[])["\"00-0af7-b7ad-01\"", "\"\\u0030" + Parent[1..] + "\"", "17", "\"\""])
        {
            var id = scene.Make.NoBlock();
            await scene.SayAsync(scene.A, scene.Make.Message(
                "INV", scene.A.Id, ("block_ids", Lines.List([Lines.Text(id)])), ("traceparent", context)));
            await scene.ExpectAsync(
                scene.A, heard => heard.AsksFor(id),
                    $"An INV with the traceparent {context} was not followed by a GETBLOCK.");
        }
    }

    private static async Task NotOnBlocksAsync(Scene scene)
    {
        var transaction = scene.Make.Transaction(more: [("traceparent", Lines.Text(Parent))]);
        await scene.SayAsync(scene.A, transaction.Text);
        var block = await scene.OwnBlockAsync(heard => Scene.TransactionsOf(heard).Contains(transaction.Id));
        if (block.Text.Contains("traceparent", StringComparison.Ordinal))
        {
            throw new BrokenRuleException($"Its block has a traceparent: {block.Text}");
        }
    }

    private static async Task OnFiveTypesAsync(Scene scene)
    {
        await OfferAsync(scene);
        if (scene.HeardAll.FirstOrDefault(heard => heard.Json.ContainsKey("traceparent")
            && !MayHaveIt.Contains(heard.Type))
            is { } wrong)
        {
            throw new BrokenRuleException($"It wrote a {wrong.Type} with a traceparent.");
        }
    }

    private static async Task OnInvAsync(Scene scene)
    {
        await OfferAsync(scene);
        var traced = scene.HeardAll.Where(heard => heard.Is("INV") && heard["traceparent"] is not null).ToList();
        if (traced.Find(heard => heard.BlockIds.Count != 1 || TraceId(heard) != heard.BlockIds[0][..32]) is { } wrong)
        {
            throw new BrokenRuleException($"The trace id is not the first half of the block's id: {wrong.Text}");
        }

        if (traced.Count == 0)
        {
            throw new CannotTellException(DoesNotTrace);
        }
    }

    private static async Task OnQuestionAsync(Scene scene)
    {
        var id = scene.Make.NoBlock();
        var parent = $"00-{id[..32]}-b7ad6b7169203331-01";
        await scene.SayAsync(scene.A, scene.Make.Message(
            "INV", scene.A.Id, ("block_ids", Lines.List([Lines.Text(id)])), ("traceparent", Lines.Text(parent))));
        var question = await scene.FindAsync(scene.A, heard => heard.AsksFor(id))
            ?? throw new CannotTellException("It asked for no block that was announced (W61).");
        if (question["traceparent"] is not { } context)
        {
            throw new CannotTellException(DoesNotTrace);
        }

        if (context != parent)
        {
            throw new BrokenRuleException($"The announcement had the context {parent}, the question has {context}.");
        }
    }

    private static async Task OnTransactionAsync(Scene scene)
    {
        var (_, passed) = await PassTransactionAsync(scene);
        if (passed["traceparent"] is not { Length: 55 } context || context[3..35] != Parent[3..35])
        {
            throw new BrokenRuleException($"A TX with a traceparent was passed on as {passed.Text}");
        }
    }

    private static async Task HopsAsync(Scene scene)
    {
        var (_, passed) = await PassTransactionAsync(scene);
        if (passed["traceparent"] == Parent)
        {
            throw new CannotTellException(DoesNotTrace);
        }

        if (passed["tracestate"] is not { } state || !state.StartsWith("blockchain=hops:2", StringComparison.Ordinal)
            || !state.EndsWith(",other=1", StringComparison.Ordinal))
        {
            throw new BrokenRuleException(
                $"The tracestate came as blockchain=hops:1,other=1 and went on as {passed["tracestate"]}.");
        }
    }

    private static async Task<(Made Transaction, Heard Passed)> PassTransactionAsync(Scene scene)
    {
        var transaction = scene.Make.Transaction(more: [
            ("traceparent", Lines.Text(Parent)), ("tracestate", "\"blockchain=hops:1,other=1\"")]);
        await scene.SayAsync(scene.A, transaction.Text);
        var passed = await scene.FindAsync(heard => heard.IsTransaction(transaction.Id), scene.Soon)
            ?? throw new CannotTellException("It passed no transaction on (W58).");
        return (transaction, passed);
    }

    /// <summary>Something of all that it could trace.</summary>
    private static async Task OfferAsync(Scene scene)
    {
        await scene.SayAsync(scene.A, scene.Make.Transaction(more: [("traceparent", Lines.Text(Parent))]).Text);
        await scene.SayAsync(scene.A, scene.Make.Inv(scene.A.Id, scene.Make.NoBlock()));
        await scene.GiveAsync(scene.A, scene.Make.Block(Lines.Genesis));
        await scene.ChainAsync(scene.B);
        await scene.PassAsync(2);
    }

    private static string TraceId(Heard heard) => heard["traceparent"]!.Split('-')[1];
}
