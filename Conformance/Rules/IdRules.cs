using System.Text.Json;
using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>Canonical form and the ids of transactions and blocks: W11 to W17.</summary>
internal static class IdRules
{
    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W11", new RuleTest("Keys may come in any order", AnyOrderAsync)),
        ("W11", new RuleTest("It sorts keys by code point at every level", SortsKeysAsync)),
        ("W12", new RuleTest("It escapes what is not ASCII, and nothing else but what must be", EscapesAsync)),
        ("W13", new RuleTest("An integer keeps all its digits, and -0 becomes 0", IntegersAsync)),
        ("W14", new RuleTest("A double is written as Python writes it", DoublesAsync)),
        ("W15", new RuleTest("A tx_id covers five fields, and no other", TransactionIdAsync)),
        ("W16", new RuleTest("A block_id covers fields that nobody knows", BlockIdAsync)),
        ("W17", new RuleTest("A block is passed on as it came, with fields that nobody knows", PassesOnAsync)),
    ];

    private static async Task AnyOrderAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        var transaction = scene.Make.Transaction();
        var block = scene.Make.Block(first.Id, [transaction]);
        var turned = Turned(block.Text.Replace(transaction.Text, Turned(transaction.Text), StringComparison.Ordinal));
        await scene.MustAcceptAsync(
            block with { Text = turned }, "It refused a block whose fields stand in another order than usual.");
    }

    /// <summary>With the fields of the object in the opposite order.</summary>
    private static string Turned(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Lines.Object(
            document.RootElement.EnumerateObject().Reverse().Select(field => (field.Name, field.Value.GetRawText())));
    }

    private static async Task SortsKeysAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        var plain = scene.Make.Block(first.Id, more: ("more", "1"));
        await scene.GiveAsync(scene.A, plain);
        if (await scene.FetchAsync(scene.B, plain.Id) is null)
        {
            throw new CannotTellException("It refuses every block with a field that it does not know (W16).");
        }

        await scene.MustAcceptAsync(
            scene.Make.Block(first.Id, more: [
                ("zebra", "{\"b\": 1, \"a\": [{\"d\": 2, \"c\": {\"y\": 0, \"x\": 0}}], \"B\": 3}"), ("Apple", "1"),
                    ("_", "2"),
            ]),
            "It refused a block with objects in it whose keys are not sorted.");
        await scene.MustAcceptAsync(
            scene.Make.Block(first.Id, more: [("\ufb01", "1"), ("\ud83d\ude00", "2"), ("\u00e9", "3"), ("e", "4")]),
            "It refused a block with field names outside ASCII: they sort by code point, not by UTF-16 unit.");
    }

    private static async Task EscapesAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        foreach (var text in (string[])[
            "\"节点 é\"", "\"\\u8282\\u70b9 \\u00e9\"", "\"\\ud83d\\ude00 \\u007f\"", "\"😀\"",
            "\"a\\\"b\\\\c\\/d\\n\\r\\t\\b\\f\\u0001\\u001f\"", "\"<>&'+\\u0060\""])
        {
            await scene.MustAcceptAsync(
                scene.Make.Block(first.Id, [scene.Make.TransactionFrom(text)]),
                $"It refused a block with a transaction from {text}.");
        }
    }

    private static async Task IntegersAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        foreach (var amount in (string[])["12345678901234567890123", "-9007199254740993", "-0", "0",
            "18446744073709551616"])
        {
            await scene.MustAcceptAsync(
                scene.Make.Block(first.Id, [scene.Make.Transaction(amount)]),
                $"It refused a block with a transaction of the amount {amount}.");
        }
    }

    private static async Task DoublesAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        foreach (var time in (string[])[
            "5.0", "1e-05", "0.0001", "1e16", "1e+16", "9999999999999998.0", "-12.75", "1.5e300", "0.1", "1e22", "-0.0",
            "1763800003.750", "5E-324", "123456789.123456789", "1.0e0"])
        {
            await scene.MustAcceptAsync(
                scene.Make.Block(first.Id, [scene.Make.Transaction(timestamp: time)]),
                $"It refused a block with a transaction of the time {time}.");
        }
    }

    private static async Task TransactionIdAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        var right = scene.Make.Transaction(more: ("memo", "\"thank you\""));
        await scene.MustAcceptAsync(
            scene.Make.Block(first.Id, [right]),
            "It refused a transaction with one more field, which its tx_id rightly does not cover.");
        var bare = scene.Make.Transaction();
        var covering = Lines.Hash(
            $"{bare.Text[..^1].Replace($"\"tx_id\": \"{bare.Id}\", ", "", StringComparison.Ordinal)}"
            + ", \"memo\": \"thank you\"}");
        var wrong = bare.Text.Replace(bare.Id, covering, StringComparison.Ordinal)[..^1] + ", \"memo\": \"thank you\"}";
        await scene.MustRefuseAsync(
            scene.Make.Block(first.Id, [new Made(covering, wrong)]),
            "It took a transaction whose tx_id covers a sixth field.");
    }

    private static async Task BlockIdAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        (string, string) more = ("weather", "{\"sunny\": true, \"degrees\": 21.5}");
        await ConnectionRules.MustTakeUnknownFieldsAsync(scene);
        await scene.MustAcceptAsync(
            scene.Make.Block(first.Id, more: more),
            "It refused a block with one more field, which its block_id rightly covers.");
        var bare = scene.Make.Block(first.Id);
        await scene.MustRefuseAsync(
            new Made(bare.Id, $"{bare.Text[..^1]}, {Lines.Object(more)[1..]}"),
            "It took a block whose block_id does not cover one of its fields.");
    }

    private static async Task PassesOnAsync(Scene scene)
    {
        var first = await scene.FirstBlockAsync();
        var block = scene.Make.Block(
            first.Id, [scene.Make.Transaction(more: ("memo", "\"1\""))],
            more: [("weather", "{\"sunny\": true, \"at\": [1, 2.5, null]}"), ("a", "\"b\"")]);
        if (scene.IsOverTcp)
        {
            // In a layout that nobody writes by accident.
            var text = block.Text.Replace("\"weather\": {", "\"weather\" :{ ", StringComparison.Ordinal);
            block = block with { Text = text.Replace(", \"a\"", ",\"a\"", StringComparison.Ordinal) };
        }

        await scene.GiveAsync(scene.A, block);
        var passed = await scene.FetchAsync(scene.B, block.Id)
            ?? throw new CannotTellException("It refused a block with fields that nobody knows (W16).");
        if (scene.IsOverTcp ? passed.Text != block.Text : Lines.Hash(passed.Text) != Lines.Hash(block.Text))
        {
            throw new BrokenRuleException($"The block came as {block.Text} and was passed on as {passed.Text}");
        }
    }
}
