using System.Text;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Tests.Running;

/// <summary>Runs steps on a <see cref="FakeHost"/>.</summary>
internal static class FakeRun
{
    public static Scenario Scenario(string steps)
    {
        var text = $$"""
            {
              "network": { "peers": {
                "a": { "ip": "127.0.0.2", "port": 5000 }, "b": { "ip": "127.0.0.3", "port": 5001 },
                "c": { "ip": "127.0.0.4", "port": 5002, "malicious": true, "localnetworkid": 1 } } },
              "steps": [ {{steps}} ]
            }
            """;
        var result = ScenarioFile.Parse(Encoding.UTF8.GetBytes(text), "fake", Shipped.Network);
        Assert.Empty(result.Problems);
        return result.Scenario!;
    }

    public static Task<TrialResult> RunAsync(
        FakeHost host, string steps, bool stopsAtFailure = false, CancellationTokenSource? stop = null) =>
        new TrialRunner(Scenario(steps), host).RunAsync(
            stopsAtFailure, stop?.Token ?? TestContext.Current.CancellationToken);
}
