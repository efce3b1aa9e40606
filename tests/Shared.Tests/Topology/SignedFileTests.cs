using System.Text;
using Blockchain.Shared.Tests.Identity;
using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Topology;

/// <summary>"identity", "keys" and "work" in peers.json.</summary>
public sealed class SignedFileTests
{
    private const string A = "\"a\": { \"ip\": \"127.0.0.9\", \"port\": 5000 }";
    private const string B = "\"b\": { \"ip\": \"127.0.0.8\", \"port\": 5001 }";

    private static readonly string Key = TestSignatures.KeyOf("a").ToString();
    private static readonly string Other = TestSignatures.KeyOf("b").ToString();

    [Fact]
    public void Parse_WithoutThem_IsNeitherSignedNorWorkedFor()
    {
        var plan = PeersFileTests.Parsed($"{{ \"peers\": {{ {A} }} }}");
        Assert.False(plan.IsSigned);
        Assert.Equal(0, plan.Work);
        Assert.Null(plan.Peers[0].Key);
    }

    [Fact]
    public void Parse_SignedWithKeysAndWork_HasThem()
    {
        var plan = PeersFileTests.Parsed(
            $"{{ \"identity\": \"signed\", \"work\": 12, \"keys\": {{ \"a\": \"{Key}\" }}, "
            + $"\"peers\": {{ {A}, {B} }} }}");
        Assert.True(plan.IsSigned);
        Assert.Equal(12, plan.Work);
        Assert.Equal([TestSignatures.KeyOf("a"), null], plan.Peers.Select(peer => peer.Key));
    }

    [Fact]
    public void Plan_OtherAddressesOrSettings_StaysSignedAndWorkedFor()
    {
        var plan = PeersFileTests.Parsed($"{{ \"identity\": \"signed\", \"work\": 5, \"peers\": {{ {A} }} }}");
        NetworkPlan[] all =
        [
            plan.OnLoopback(),
            plan.OnSingleAddress(),
            plan.With(plan.Peers[0]),
            plan.WithSettings(settings => settings),
        ];
        foreach (var changed in all)
        {
            Assert.Equal((true, 5), (changed.IsSigned, changed.Work));
        }
    }

    [Theory]
    [InlineData("\"identity\": \"open\"", "$.identity", "\"signed\"")]
    [InlineData("\"work\": 33", "$.work", "from 0 to 32")]
    [InlineData("\"work\": -1", "$.work", "from 0 to 32")]
    [InlineData("\"identity\": \"signed\", \"keys\": { \"a\": \"x\" }", "$.keys.a", "64 lower-case hex digits")]
    [InlineData("\"identity\": \"signed\", \"keys\": { \"c\": \"KEY\" }", "$.keys.c", "no peer")]
    [InlineData("\"identity\": \"signed\", \"keys\": { \"a\": \"KEY\", \"b\": \"KEY\" }", "$.keys.b", "peer a too")]
    [InlineData("\"keys\": { \"a\": \"KEY\" }", "$.keys", "no effect")]
    public void Parse_OneFault_IsTheOnlyProblem(string fields, string path, string gist)
    {
        var text = fields.Replace("KEY", Key, StringComparison.Ordinal);
        var problem = Assert.Single(PeersFile.Parse($"{{ {text}, \"peers\": {{ {A}, {B} }} }}").Problems);
        Assert.Equal(path, problem.Path);
        Assert.Contains(gist, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SignedPlan_ReadsBackAsTheSame()
    {
        var plan = TestSignatures.Plan(Core.Make.Info("a"), Core.Make.Info("b") with { Port = 5001 });
        plan = new NetworkPlan(plan.Peers, plan.Defaults) { IsSigned = true, Work = 9 };

        var read = PeersFileTests.Parsed(PeersFile.Write(plan));

        Assert.Equal((true, 9), (read.IsSigned, read.Work));
        Assert.Equal(plan.Peers, read.Peers);
    }

    /// <summary>People wrote the file, and want it back with one thing more.</summary>
    [Theory]
    [InlineData("{ \"identity\": \"signed\", // who is who\n \"peers\": { A, B } // two\n }")]
    [InlineData("{ \"keys\": { \"a\": \"OLD\" }, \"identity\": \"signed\", /* two */ \"peers\": { A, B }, }")]
    [InlineData("{ \"peers\": { A, B }, \"identity\": \"signed\" /* , */ }")]
    public void WithKeys_FileWithComments_HasTheKeysAndAllElseAsBefore(string text)
    {
        var file = text.Replace("A", A, StringComparison.Ordinal).Replace(" B", " " + B, StringComparison.Ordinal)
            .Replace("OLD", Other, StringComparison.Ordinal);
        var plan = PeersFileTests.Parsed(file)
            .Select(peer => peer with { Key = TestSignatures.KeyOf(peer.Id.Value) });

        var written = Encoding.UTF8.GetString(PeersFile.WithKeys(Encoding.UTF8.GetBytes(file), plan));

        Assert.Equal(plan.Peers, PeersFileTests.Parsed(written).Peers);
        Assert.Equal(
            Comments(file), Comments(written));
        Assert.Contains(A, written, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Comments(string text) =>
        text.Split("/*").Skip(1).Select(part => part[..part.IndexOf("*/", StringComparison.Ordinal)])
            .Concat(text.Split("//").Skip(1).Select(part => part[..part.IndexOf('\n', StringComparison.Ordinal)]));
}
