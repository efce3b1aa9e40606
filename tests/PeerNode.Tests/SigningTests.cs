using System.Text;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Signing;
using Microsoft.Extensions.Configuration;

namespace Blockchain.PeerNode.Tests;

/// <summary>Keys, and the library that signs with them.</summary>
public sealed class SigningTests : IDisposable
{
    private const string PrivateHex = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    private const string PublicHex = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Test 2 of RFC 8032, section 7.1.</summary>
    [Fact]
    public void Sign_TestOfTheStandard_GivesItsKeyAndSignature()
    {
        Assert.True(PrivateKey.TryParse(PrivateHex, out var key));
        using var pair = Ed25519Signatures.Of(key);

        var signature = pair.Sign([0x72]);

        Assert.Equal(PublicHex, pair.PublicKey.ToString());
        Assert.Equal(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00", signature.ToString());
        Assert.True(pair.Verify(pair.PublicKey, [0x72], signature));
        Assert.False(pair.Verify(pair.PublicKey, [0x73], signature));
        Assert.False(pair.Verify(pair.PublicKey, [0x72], default));
    }

    /// <summary>Anybody can write 64 digits into a file.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    public void Verify_KeyThatIsNone_IsFalse(string hex)
    {
        using var pair = Ed25519Signatures.Create();
        Assert.True(PublicKey.TryParse(hex, out var key));
        Assert.False(pair.Verify(key, "text"u8, pair.Sign("text"u8)));
        Assert.False(pair.Verify(key, "text"u8, default));
    }

    [Fact]
    public void Verified_RightTwice_IsVerifiedOnceAndWrongEachTime()
    {
        using var pair = Ed25519Signatures.Create();
        var verified = new VerifiedSignatures(pair, limit: 2);
        var right = pair.Sign("text"u8);

        Assert.True(verified.Verify(pair.PublicKey, "text"u8, right));
        Assert.True(verified.Verify(pair.PublicKey, "text"u8, right));
        Assert.Equal(1, verified.Verified);

        Assert.False(verified.Verify(pair.PublicKey, "other"u8, right));
        Assert.False(verified.Verify(pair.PublicKey, "other"u8, right));
        Assert.Equal(3, verified.Verified);
    }

    [Fact]
    public void Verified_MoreThanItsLimit_ForgetsTheOldest()
    {
        using var pair = Ed25519Signatures.Create();
        var verified = new VerifiedSignatures(pair, limit: 2);
        foreach (var text in (string[])["1", "2", "3", "4", "5", "5", "4", "1"])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.True(verified.Verify(pair.PublicKey, bytes, pair.Sign(bytes)));
        }

        Assert.Equal(6, verified.Verified);
    }

    [Fact]
    public void KeyFolder_MakesKeys_ThatOnlyTheirOwnerCanRead()
    {
        var keys = Keys();
        var plan = keys.MakeMissing(Plan());

        Assert.All(plan.Peers, peer => Assert.NotNull(peer.Key));
        Assert.Empty(keys.Lacking(plan));
        var file = keys.FileOf(new PeerId("1"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(keys.Path));
        }

        Assert.DoesNotContain(File.ReadAllText(file).Trim(), PeersFile.Write(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFolder_KeyIsThereAlready_IsNeverOverwritten()
    {
        var keys = Keys();
        keys.MakeMissing(Plan());
        var before = File.ReadAllText(keys.FileOf(new PeerId("1")));

        Assert.Throws<IOException>(() => keys.MakeMissing(Plan()));

        Assert.Equal(before, File.ReadAllText(keys.FileOf(new PeerId("1"))));
    }

    [Fact]
    public void KeyFolder_KeyOfAnotherPeer_IsLacking()
    {
        var keys = Keys();
        var plan = keys.MakeMissing(Plan());
        File.Delete(keys.FileOf(new PeerId("2")));
        File.Copy(keys.FileOf(new PeerId("1")), keys.FileOf(new PeerId("2")));
        Assert.Equal([new PeerId("2")], keys.Lacking(plan));
    }

    [Theory]
    [InlineData("", "", "PrivateKeyFile is missing")]
    [InlineData("", "no-such-file", "no-such-file")]
    [InlineData("xyz", "", "64 hex digits")]
    [InlineData(PrivateHex, "", "is not the one of peer 1")]
    public void Options_OfASignedNetwork_SayWhichKeyIsWrongAndShowNone(string key, string file, string gist)
    {
        var network = _folder.Write("peers.json", PeersFile.Write(Keys().MakeMissing(Plan())));
        var read = NodeOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Node:Id"] = "1",
                ["Node:File"] = network,
                ["Node:PrivateKey"] = key,
                ["Node:PrivateKeyFile"] = file,
            }).Build());

        var error = Assert.Single(read.Errors);
        Assert.Contains(gist, error, StringComparison.Ordinal);
        Assert.DoesNotContain(PrivateHex, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_PrivateKeyByEnvironment_IsTaken()
    {
        Assert.True(PublicKey.TryParse(PublicHex, out var key));
        var plan = Plan();
        plan = new NetworkPlan([plan.Peers[0] with { Key = key }]) { IsSigned = true };
        var read = NodeOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Node:Id"] = "1",
                ["Node:File"] = _folder.Write("peers.json", PeersFile.Write(plan)),
                ["Node:PrivateKey"] = PrivateHex,
            }).Build());

        Assert.Empty(read.Errors);
        Assert.Equal(PrivateHex, read.Options!.PrivateKey!.ToHex());
        Assert.DoesNotContain(PrivateHex, read.Options.ToString(), StringComparison.Ordinal);
    }

    private static NetworkPlan Plan() => new(
        Enumerable.Range(1, 2).Select(i => new PeerPlan
        {
            Info = new PeerInfo(new PeerId($"{i}"), $"127.9.9.{i}", 5000 + i, false, false, PeerInfo.NoNetwork),
        }))
    {
        IsSigned = true,
    };

    private KeyFolder Keys() => KeyFolder.Beside(_folder.Write("peers.json", "{}"));
}
