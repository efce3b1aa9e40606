using System.Text;
using System.Text.Json;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Signing;

namespace Blockchain.PeerNode.Tests;

/// <summary>All of <c>docs/wire-signatures.json</c>, which another implementation has written.</summary>
public sealed class WireSignatureTests
{
    private static readonly JsonElement File = JsonElement.Parse(
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wire-signatures.json")));

    public static TheoryData<string, string> Vectors()
    {
        var data = new TheoryData<string, string>();
        foreach (var vector in File.GetProperty("vectors").EnumerateArray())
        {
            var name = $"{vector.GetProperty("kind").GetString()}: {vector.GetProperty("why").GetString()}";
            data.Add(name, vector.GetRawText());
        }

        return data;
    }

    [Fact]
    public void Vectors_File_IsComplete() => Assert.Equal(22, Vectors().Count);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Judge_Vector_HasTheStatedVerdict(string name, string json)
    {
        var vector = JsonElement.Parse(json);
        var line = Encoding.UTF8.GetBytes(vector.GetProperty("line").GetString()!);
        Assert.Equal(ReadOutcome.Message, MessageCodec.Read(line, out var message, out _));
        using var signatures = Ed25519Signatures.Create();
        var network = new SignedNetwork(Plan(vector.GetProperty("work").GetInt32()), signatures);

        var verdict = message is Proof proof ? OfProof(network, vector, proof) : network.Judge(message!);

        Assert.True(message is not Block block || block.HasValidId, name);
        Assert.Equal((name, vector.GetProperty("verdict").GetString()), (name, verdict.ToString()));
    }

    private static Verdict OfProof(SignedNetwork network, JsonElement vector, Proof proof)
    {
        Assert.True(Hash256.TryParse(vector.GetProperty("challenge").GetString(), out var challenge));
        Assert.True(Hash256.TryParse(vector.GetProperty("own_challenge").GetString(), out var own));
        var isDialer = vector.GetProperty("role").GetString() == "dialer";
        var verifier = new Handshake(network, proof.Target, isDialer ? null : proof.Sender, challenge);
        verifier.Answer(new Challenge(proof.Sender, own, proof.Id), proof.Id);
        return verifier.Proves(proof) ? Verdict.Proven : Verdict.BadSignature;
    }

    private static NetworkPlan Plan(int work) => new(
        File.GetProperty("keys").EnumerateObject().Select((key, i) =>
        {
            Assert.True(PublicKey.TryParse(key.Value.GetString(), out var publicKey));
            return new PeerPlan
            {
                Info = new PeerInfo(new PeerId(key.Name), $"10.0.0.{i}", 5000 + i, false, false, PeerInfo.NoNetwork),
                Key = publicKey,
            };
        }))
    {
        IsSigned = true,
        Work = work,
    };
}
