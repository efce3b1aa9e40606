using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Identity;

/// <summary>
/// A hash of key and text in place of a signature: anybody could write it, but nobody does so by accident. Real ones
/// are tested where the library is.
/// </summary>
internal sealed class TestSignatures(string self) : ISignatures
{
    public int Verified { get; private set; }

    public static PublicKey KeyOf(string peer) => new(SHA256.HashData(Encoding.UTF8.GetBytes(peer)));

    /// <summary>A signed network of these peers.</summary>
    public static NetworkPlan Plan(params PeerInfo[] peers) => new(
        peers.Select(info => new PeerPlan { Info = info, Key = KeyOf(info.Id.Value), Settings = Core.Make.Quiet }))
    {
        IsSigned = true,
    };

    /// <summary>What a peer of the plan signs and judges with.</summary>
    public static SignedNetwork NetworkOf(string self, NetworkPlan plan) => new(plan, new TestSignatures(self));

    public Signature Sign(ReadOnlySpan<byte> text) => Of(KeyOf(self), text);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> text, Signature signature)
    {
        Verified++;
        return Of(key, text) == signature;
    }

    private static Signature Of(PublicKey key, ReadOnlySpan<byte> text)
    {
        var all = new byte[PublicKey.ByteLength + text.Length];
        key.WriteBytes(all);
        text.CopyTo(all.AsSpan(PublicKey.ByteLength));
        return new Signature(SHA512.HashData(all));
    }
}
