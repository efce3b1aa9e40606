#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Topology;

/// <summary>Relay rule, behaviour and fork choice in the file.</summary>
public sealed class ChoiceTests
{
    [Fact]
    public void Parse_NothingSaid_IsTheUsual()
    {
        var peer = Assert.Single(PeersFileTests.Parsed("""{ "peers": { "a": { "ip": "127.0.0.9", "port": 5000 } } }""").Peers);
        Assert.Equal(("announce", "honest", "lowest-id"), Choices(peer));
    }

    [Fact]
    public void Parse_EntryAndGroup_OverrideDefaults()
    {
        var plan = PeersFileTests.Parsed("""
            {
              "defaults": { "relay": "push", "behaviour": "lazy", "forkChoice": "first-seen" },
              "groups": {
                "g": { "count": 2, "ip": "127.1.0.1", "port": 6000, "relay": "flood", "behaviour": "withhold" },
                "h": { "count": 1, "ip": "127.2.0.1", "port": 7100, "forkChoice": "lowest-id", "malicious": true }
              },
              "peers": {
                "a": { "ip": "127.0.0.9", "port": 5000 },
                "b": { "ip": "127.0.0.10", "port": 5001, "relay": "announce", "behaviour": "honest", "forkChoice": "lowest-id" },
                "c": { "ip": "127.0.0.11", "port": 5002, "malicious": false }
              }
            }
            """);

        Assert.Equal(("push", "lazy", "first-seen"), Choices(plan[new("a")]));
        Assert.Equal(("announce", "honest", "lowest-id"), Choices(plan[new("b")]));
        Assert.Equal(("push", "lazy", "first-seen"), Choices(plan[new("c")]));
        Assert.Equal(("flood", "withhold", "first-seen"), Choices(plan[new("6000")]));
        Assert.Equal(("flood", "withhold", "first-seen"), Choices(plan[new("6001")]));
        Assert.Equal(("push", "false-ids", "lowest-id"), Choices(plan[new("7100")]));
        Assert.Equal(plan.Peers, PeersFileTests.Parsed(PeersFile.Write(plan)).Peers);
    }

    [Theory]
    [InlineData("\"malicious\": true", "false-ids")]
    [InlineData("\"malicious\": false", "honest")]
    [InlineData("\"behaviour\": \"false-ids\"", "false-ids")]
    [InlineData("\"malicious\": true, \"behaviour\": \"false-ids\"", "false-ids")]
    [InlineData("\"malicious\": false, \"behaviour\": \"lazy\"", "lazy")]
    public void Parse_MaliciousAndBehaviour_AreTheSame(string fields, string behaviour)
    {
        var text = $$"""
            { "peers": { "a": { "ip": "127.0.0.9", "port": 5000, {{fields}} }, "b": { "ip": "127.0.0.8", "port": 5001 } } }
            """;
        var peer = PeersFileTests.Parsed(text)[new("a")];
        Assert.Equal(behaviour, peer.Behaviour);
        Assert.Equal(behaviour == "false-ids", peer.Malicious);
        Assert.Equal(behaviour == "honest", peer.IsHonest);
    }

    [Fact]
    public void Parse_MaliciousFalse_OverridesFalseIdsOfTheDefaults()
    {
        var plan = PeersFileTests.Parsed("""
            {
              "defaults": { "behaviour": "false-ids" },
              "peers": { "a": { "ip": "127.0.0.9", "port": 5000, "malicious": false }, "b": { "ip": "127.0.0.8", "port": 5001 } }
            }
            """);
        Assert.Equal(["honest", "false-ids"], plan.Peers.Select(peer => peer.Behaviour));
    }

    [Theory]
    [InlineData("\"malicious\": true, \"behaviour\": \"honest\"", "$.peers.a.malicious",
        "contradicts \"behaviour\": \"honest\"")]
    [InlineData(
        "\"malicious\": true, \"behaviour\": \"lazy\"", "$.peers.a.malicious", "contradicts \"behaviour\": \"lazy\"")]
    [InlineData("\"malicious\": false, \"behaviour\": \"false-ids\"", "$.peers.a.malicious", "contradicts")]
    [InlineData("\"relay\": \"pusch\"", "$.peers.a.relay",
        "there is no relay rule \"pusch\"; there are announce, push, flood, compact")]
    [InlineData("\"relay\": \"Push\"", "$.peers.a.relay", "did you mean \"push\"?")]
    [InlineData("\"relay\": 3", "$.peers.a.relay", "expected a text, found 3")]
    [InlineData("\"behaviour\": \"withold\"", "$.peers.a.behaviour",
        "there are honest, false-ids, withhold, lazy, sybil, selfish, selfish-grinding, stubborn-lead, stubborn-fork, "
        + "stubborn-trail, stubborn, double-spend, delay, spam, tamper, lie, eclipse; did you mean \"withhold\"?")]
    [InlineData("\"behaviour\": null", "$.peers.a.behaviour", "expected a text, found null")]
    [InlineData("\"forkChoice\": \"first_seen\"", "$.peers.a.forkChoice",
        "there are lowest-id, first-seen; did you mean \"first-seen\"?")]
    [InlineData("\"forkChoice\": \"longest\"", "$.peers.a.forkChoice",
        "there is no fork choice \"longest\"; there are lowest-id, first-seen")]
    public void Parse_WrongChoice_IsAnErrorThatSaysWhatThereIs(string fields, string path, string gist)
    {
        var result = PeersFile.Parse($$"""
            { "peers": { "a": { "ip": "127.0.0.9", "port": 5000, {{fields}} }, "b": { "ip": "127.0.0.8", "port": 5001 } } }
            """);
        var problem = Assert.Single(result.Problems);
        Assert.Equal((Severity.Error, path), (problem.Severity, problem.Path));
        Assert.Contains(gist, problem.Message, StringComparison.Ordinal);
        Assert.Null(result.Plan);
    }

    [Fact]
    public void Parse_WrongChoiceInDefaultsAndGroup_HasItsPath()
    {
        var result = PeersFile.Parse("""
            {
              "defaults": { "behaviour": "angry" },
              "groups": { "g": { "count": 500, "ip": "127.1.0.1", "port": 6000, "relay": "shout" } }
            }
            """);
        Assert.Equal(["$.defaults.behaviour", "$.groups.g.relay"], result.Errors.Select(problem => problem.Path));
    }

    [Fact]
    public void Parse_LightPeerWithFalseIds_IsWarnedOf()
    {
        var result = PeersFile.Parse("""
            {
              "peers": {
                "a": { "ip": "127.0.0.9", "port": 5000 },
                "b": { "ip": "127.0.0.8", "port": 5001, "light": true, "behaviour": "false-ids" },
                "c": { "ip": "127.0.0.7", "port": 5002, "light": true, "behaviour": "lazy" }
              }
            }
            """);
        Assert.Equal("$.peers.b.behaviour", Assert.Single(result.Warnings).Path);
    }

    [Fact]
    public void Schema_Names_AreThoseOfTheRegistries()
    {
        var definitions = System.Text.Json.JsonElement.Parse(Resources.Schema).GetProperty("definitions");
        Assert.Equal(RelayRules.All.Names, Names("relay"));
        Assert.Equal(Behaviours.All.Names, Names("behaviour"));
        Assert.Equal(ForkChoices.All.Names, Names("forkChoice"));

        IEnumerable<string?> Names(string field) => definitions.GetProperty("field." + field).GetProperty("enum")
            .EnumerateArray().Select(name => name.GetString());
    }

    private static (string, string, string) Choices(PeerPlan peer) =>
        (peer.Settings.Relay, peer.Behaviour, peer.Settings.ForkChoice);
}
