using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>What a light peer believes: W57.</summary>
internal static class LightRules
{
    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W57", new RuleTest("A light peer believes a header that two neighbours delivered, and not one alone",
            BelievesTwoAsync)
        {
            Info = info => info with { Light = true },
            Settings = settings => settings with { SyncInterval = TimeSpan.FromSeconds(2) },
            IsLong = true,
        }),
    ];

    private static async Task BelievesTwoAsync(Scene scene)
    {
        await BlockRules.MustBeLightAsync(scene);
        var chain = scene.Make.Branch(Lines.Genesis, 2);
        scene.A.Chain = chain;
        await scene.PassAsync(20);
        if ((await scene.ChainAsync(scene.C)).Count > 0)
        {
            throw new BrokenRuleException($"It believes headers that {scene.A} alone delivered.");
        }

        scene.B.Chain = chain;
        for (var time = 0; time < 40; time++)
        {
            if ((await scene.ChainAsync(scene.C)).Count == chain.Count)
            {
                return;
            }

            await scene.PassAsync(1);
        }

        throw new BrokenRuleException($"It does not believe headers that both {scene.A} and {scene.B} delivered.");
    }
}
