using System.Diagnostics;
using Blockchain.Experiments.Trials;
using Blockchain.Lab.Tests.Simulate;
using Blockchain.Trials;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Reports;

namespace Blockchain.Lab.Tests.Guests;

/// <summary>The kits and their little nodes. A kit whose language this machine lacks is skipped.</summary>
public sealed class KitTests
{
    private const string PythonVectors = """
        import json, sys
        sys.path.insert(0, sys.argv[1])
        from kit import has_right_ids, parse
        def is_right(line):
            try:
                return has_right_ids(parse(line))
            except ValueError:
                return False
        vectors = json.load(open(sys.argv[2]))
        for one in vectors:
            if is_right(one["line"]) != one["valid"]:
                print(one["kind"], one["why"], "should be", one["valid"])
        print(len(vectors) > 30)
        """;

    private const string JavaScriptVectors = """
        import { readFileSync } from "node:fs";
        const { hasRightIds, parseMessage } = await import(`${process.argv[1]}/kit.mjs`);
        const isRight = line => { try { return hasRightIds(parseMessage(line)); } catch { return false; } };
        const vectors = JSON.parse(readFileSync(process.argv[2], "utf8"));
        for (const one of vectors) {
          if (isRight(one.line) !== one.valid) console.log(one.kind, one.why, "should be", one.valid);
        }
        console.log(vectors.length > 30 ? "True" : "False");
        """;

    /// <summary>Three peers of the shipped network, one of them behind NAT.</summary>
    private static readonly string[] Places = ["5002", "5005", "5010"];

    private static string Shipped => Kits.PathOf("peers.json");

    [Fact]
    public async Task PythonKit_ReadsEveryVectorOfTheWire() =>
        Assert.Equal("True", await OutputAsync(Kits.Python, ["-c", PythonVectors, Kits.PathOf("kits/python")]));

    [Fact]
    public async Task JavaScriptKit_ReadsEveryVectorOfTheWire() => Assert.Equal(
        "True",
        await OutputAsync(
            Kits.JavaScript, ["--input-type=module", "-e", JavaScriptVectors, Kits.PathOf("kits/javascript")]));

    [Theory]
    [MemberData(nameof(Kits.All), MemberType = typeof(Kits))]
    public void ThreeLittleNodes_InTheShippedNetwork_AgreeWithAllAndAreBannedByNobody(string kit) =>
        AssertHeld(kit, kit, kit);

    [Fact]
    public void LittleNodesOfEachKit_InOneNetwork_AgreeWithAll() =>
        AssertHeld([.. Kits.All.Select(kit => kit.Data)]);

    [Fact(Explicit = true)]
    public void LittleNodesOfEachKit_InOneNetwork_AgreeWithAllOnTwoHundredSeeds()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            AssertHeld(seed, [.. Kits.All.Select(kit => kit.Data)]);
        }
    }

    private static void AssertHeld(params string[] kits)
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            AssertHeld(seed, kits);
        }
    }

    private static void AssertHeld(ulong seed, string[] kits)
    {
        using var folder = new RunTestFolder();
        var peers = Places.Zip(kits).Select(one => $$"""
            "{{one.First}}": { "stdio": [{{string.Join(", ", Kits.InVirtualTime(one.Second).Select(word => $"\"{word}\""))}}] }
            """);
        File.WriteAllText(folder.At("kits.json"), $$"""
            {
              "network": { "file": "{{Shipped}}", "peers": { {{string.Join(", ", peers)}} } },
              "steps": [
                { "after": "120s", "do": "generate", "peers": "5003, 5007, 5009", "value": false },
                { "expect": { "sameChain": "5003, 5007, 5009, 5002, 5005, 5010" }, "within": "60s" },
                { "expect": { "height": "5005", "atLeast": 3 } },
                { "expect": { "notBanned": "5002, 5003, 5005, 5007, 5009, 5010" } }
              ]
            }
            """);
        var scenario = ScenarioFile.Load(folder.At("kits.json"), File.ReadAllBytes, seed);
        Assert.Empty(scenario.Problems);
        var result = SimulatedTrial.Run(
            scenario.Scenario!, listener: null, TestContext.Current.CancellationToken, check: seed == 1);
        Assert.True(
            result.Verdict == Verdict.Held,
            $"seed {seed}: {TrialText.Summary(result)}\n"
                + string.Join('\n', result.Steps.Select(TrialText.Line)));
    }

    private static async Task<string> OutputAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, Kits.PathOf("docs/wire-vectors.json")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Trim();
    }
}
