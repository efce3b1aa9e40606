using Blockchain.Lab.Commands;
using Blockchain.Launching;
using Blockchain.Shared.Topology;
using Blockchain.Signing;

namespace Blockchain.Lab.Tests;

/// <summary>The command keys, and the keys that a run has.</summary>
public sealed class KeysTests : IDisposable
{
    private const string Peers = """
        "peers": { "1": { "ip": "127.0.9.1", "port": 5001 }, "2": { "ip": "127.0.9.2", "port": 5002 } } // two
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keys-tests-");

    private string PeersJson => Path.Combine(_folder.FullName, "peers.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Run_SignedFile_HasPublicKeysAfterwardsAndThePrivateOnesStandBesideIt()
    {
        Write($"{{ \"identity\": \"signed\", {Peers} \n }}");

        Assert.Equal(ExitCode.Success, KeysCommand.Run(PeersJson, null, TextWriter.Null, TextWriter.Null));

        var plan = Read();
        Assert.All(plan.Peers, peer => Assert.NotNull(peer.Key));
        Assert.Empty(KeyFolder.Beside(PeersJson).Lacking(plan));
        Assert.Contains("// two", File.ReadAllText(PeersJson), StringComparison.Ordinal);
        using var keys = RunKeys.For(plan, PeersJson);
        Assert.Equal((PeersJson, Path.Combine(_folder.FullName, "peers.keys")), (keys.File, keys.Folder!.Path));
    }

    [Fact]
    public void Run_Again_ChangesNothing()
    {
        Write($"{{ \"identity\": \"signed\", {Peers} \n }}");
        KeysCommand.Run(PeersJson, null, TextWriter.Null, TextWriter.Null);
        var before = File.ReadAllText(PeersJson);

        using var output = new StringWriter();
        Assert.Equal(ExitCode.Success, KeysCommand.Run(PeersJson, null, output, TextWriter.Null));

        Assert.Contains("already", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(PeersJson));
    }

    [Fact]
    public void Run_FileThatIsNotSigned_IsRefusedWithWhatToWrite()
    {
        Write($"{{ {Peers} \n }}");
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Refused, KeysCommand.Run(PeersJson, null, TextWriter.Null, error));
        Assert.Contains("\"identity\": \"signed\"", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PrivateKeyIsThereAlready_IsRefusedAndTheFileStaysAsItWas()
    {
        Write($"{{ \"identity\": \"signed\", {Peers} \n }}");
        KeysCommand.Run(PeersJson, null, TextWriter.Null, TextWriter.Null);
        var without = $"{{ \"identity\": \"signed\", {Peers} \n }}";
        Write(without);

        Assert.Equal(ExitCode.Refused, KeysCommand.Run(PeersJson, null, TextWriter.Null, TextWriter.Null));

        Assert.Equal(without, File.ReadAllText(PeersJson));
    }

    [Fact]
    public void RunKeys_FileWithoutKeys_MakesThemForTheRunAlone()
    {
        Write($"{{ \"identity\": \"signed\", {Peers} \n }}");
        var before = File.ReadAllText(PeersJson);
        string folder;
        using (var keys = RunKeys.For(Read(), PeersJson))
        {
            folder = Path.GetDirectoryName(keys.File)!;
            Assert.Empty(keys.Folder!.Lacking(keys.Plan));
            Assert.Equal(
                keys.Plan.Peers.Select(peer => peer.Key),
                PeersFile.Load(keys.File, File.ReadAllBytes).Plan!.Peers.Select(peer => peer.Key));
        }

        Assert.False(Directory.Exists(folder));
        Assert.Equal(before, File.ReadAllText(PeersJson));
    }

    [Fact]
    public void RunKeys_NotSigned_IsTheFileItself()
    {
        Write($"{{ {Peers} \n }}");
        using var keys = RunKeys.For(Read(), PeersJson);
        Assert.Equal((PeersJson, null), (keys.File, keys.Folder));
    }

    [Fact]
    public void RunKeys_PrivateKeysAreElsewhere_IsRefusedUnlessOneSaysWhere()
    {
        Write($"{{ \"identity\": \"signed\", {Peers} \n }}");
        var elsewhere = Path.Combine(_folder.FullName, "elsewhere");
        KeysCommand.Run(PeersJson, elsewhere, TextWriter.Null, TextWriter.Null);

        var refusal = Assert.Throws<RefusedException>(() => RunKeys.For(Read(), PeersJson));
        Assert.Contains("--keys", refusal.Message, StringComparison.Ordinal);
        using var keys = RunKeys.For(Read(), PeersJson, elsewhere);
        Assert.Equal(elsewhere, keys.Folder!.Path);
    }

    private void Write(string text) => File.WriteAllText(PeersJson, text);

    private NetworkPlan Read() => PeersFile.Load(PeersJson, File.ReadAllBytes).Plan!;
}
