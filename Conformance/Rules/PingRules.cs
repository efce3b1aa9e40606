using Blockchain.Conformance.Running;

namespace Blockchain.Conformance.Rules;

/// <summary>PING and PONG: W29 and W30.</summary>
internal static class PingRules
{
    public static IEnumerable<(string Rule, RuleTest Test)> Tests =>
    [
        ("W29", new RuleTest("A PONG has the timestamp of its PING", CopiesTimestampAsync)),
    ];

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
}
