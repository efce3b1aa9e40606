using System.Diagnostics;
using System.Text.Json;
using Blockchain.Experiments.Trials;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Tests.Simulate;
using Blockchain.Trials.Reading;

namespace Blockchain.Lab.Tests.Trials;

public sealed class ScenarioRunTests
{
    /// <summary>The end of a scenario of two peers, and the exit code of <c>run</c>.</summary>
    [Theory]
    [InlineData("""{ "expect": { "sameChain": "5000" } }""", ExitCode.Success)]
    [InlineData("""{ "expect": { "height": "5000", "atLeast": 1 } }""", ExitCode.Failure)]
    [InlineData("""{ "do": "kill", "peers": "5000" }, { "expect": { "answers": "5000" } }""", ExitCode.Refused)]
    [InlineData("""{ "expect": { "answers": "6000" } }""", ExitCode.Refused)]
    public async Task Run_Scenario_EndsWithTheCodeOfItsVerdict(string steps, int code)
    {
        using var folder = new RunTestFolder();
        var file = Write(folder, steps);
        Assert.Equal(code, await CommandLine.RunAsync(["run", file, "--out", folder.At("out")]));
    }

    [Fact]
    public async Task Run_NoSuchInvariant_IsRefused()
    {
        using var folder = new RunTestFolder();
        var file = folder.Write("x.json", """
            { "network": "peers.json", "invariants": ["none"], "steps": [ { "expect": { "answers": "all" } } ] }
            """);
        Assert.Equal(ExitCode.Refused, await CommandLine.RunAsync(["run", file]));
    }

    [Fact]
    public async Task Run_DidNotHold_KeepsWhatRepeatsIt()
    {
        using var folder = new RunTestFolder();
        var file = Write(folder, """{ "at": "5s", "expect": { "height": "5000", "atLeast": 100 } }""");
        await CommandLine.RunAsync(["run", file, "--seed", "7", "--out", folder.At("out")]);

        var kept = ScenarioFile.Load(folder.At("out/x-seed-7/scenario.json"), File.ReadAllBytes).Scenario!;
        Assert.Equal(7UL, kept.Seed);
        var events = await File.ReadAllTextAsync(
            folder.At("out/x-seed-7/events.jsonl"), TestContext.Current.CancellationToken);
        Assert.Contains("did not hold", events, StringComparison.Ordinal);
        var again = folder.At("again.jsonl");
        SimulatedTrial.Record(kept, again);
        Assert.Equal(events, await File.ReadAllTextAsync(again, TestContext.Current.CancellationToken));
    }

    /// <summary>What was repeated by its seed fills a disk otherwise.</summary>
    [Fact]
    public async Task Run_ManySeedsThatDoNotHold_KeepsTheFirstThree()
    {
        using var folder = new RunTestFolder();
        var file = Write(folder, """{ "at": "5s", "expect": { "height": "5000", "atLeast": 100 } }""");
        var code = await CommandLine.RunAsync(["run", file, "--seeds", "5", "--out", folder.At("out")]);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal(3, Directory.GetDirectories(folder.At("out")).Length);
    }

    /// <summary>Two students hand in a file of the same name.</summary>
    [Fact]
    public async Task Run_FilesOfOneName_AreKeptAndCountedApart()
    {
        using var folder = new RunTestFolder();
        string[] files =
        [
            folder.Write("anna/x.json", Text("""{ "expect": { "height": "5000", "atLeast": 9 } }""", "../peers.json")),
            folder.Write("ben/x.json", Text("""{ "expect": { "height": "5000", "atLeast": 9 } }""", "../peers.json")),
        ];
        await CommandLine.RunAsync(["run", .. files, "--out", folder.At("out")]);
        Assert.Equal(
            ["anna-x-seed-1", "ben-x-seed-1"],
            Directory.GetDirectories(folder.At("out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Run_Reports_AreReadByPython()
    {
        using var folder = new RunTestFolder();
        var file = Write(folder, """{ "expect": { "height": "5000", "atLeast": 1 } }""");
        var (junit, json) = (folder.At("junit.xml"), folder.At("result.json"));
        await CommandLine.RunAsync(
            ["run", file, "--junit", junit, "--json", json, "--out", folder.At("out")]);

        using var read = JsonDocument.Parse(
            await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.Equal("did not hold", read.RootElement[0].GetProperty("verdict").GetString());
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "This machine has no Python.");
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", """
            import json, sys, xml.etree.ElementTree as tree
            suite = tree.parse(sys.argv[1]).getroot().find("testsuite")
            print(suite.get("tests"), suite.get("failures"), len(suite.findall("testcase/failure")),
                  json.load(open(sys.argv[2]))[0]["steps"][0]["verdict"])
            """, junit, json]) { RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        var said = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1 1 1 did not hold", said.Trim());
    }

    private static string Write(RunTestFolder folder, string steps) => folder.Write("x.json", Text(steps));

    private static string Text(string steps, string network = "peers.json") =>
        $$"""{ "network": "{{network}}", "steps": [ {{steps}} ] }""";
}
