using Blockchain.Shared.Identity;
using NSec.Cryptography;

namespace Blockchain.Signing;

/// <summary>Ed25519 (RFC 8032) by libsodium, which is what NSec calls.</summary>
public sealed class Ed25519Signatures : ISignatures, IDisposable
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    private readonly Key _key;

    private Ed25519Signatures(Key key) => _key = key;

    public Blockchain.Shared.PublicKey PublicKey => new(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    /// <summary>A new key pair.</summary>
    public static Ed25519Signatures Create() => new(
        Key.Create(Algorithm, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));

    /// <summary>Signs with the key pair of this private key.</summary>
    public static Ed25519Signatures Of(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(Key.Import(Algorithm, key.Bytes, KeyBlobFormat.RawPrivateKey));
    }

    /// <summary>The private half, of a key pair that was made here.</summary>
    /// <exception cref="InvalidOperationException">It was not made here.</exception>
    public PrivateKey ExportPrivateKey() => new(_key.Export(KeyBlobFormat.RawPrivateKey));

    public Blockchain.Shared.Wire.Signature Sign(ReadOnlySpan<byte> text)
    {
        Span<byte> signature = stackalloc byte[Blockchain.Shared.Wire.Signature.ByteLength];
        Algorithm.Sign(_key, text, signature);
        return new(signature);
    }

    public bool Verify(
        Blockchain.Shared.PublicKey key, ReadOnlySpan<byte> text, Blockchain.Shared.Wire.Signature signature)
    {
        Span<byte> keyBytes = stackalloc byte[Blockchain.Shared.PublicKey.ByteLength];
        Span<byte> signatureBytes = stackalloc byte[Blockchain.Shared.Wire.Signature.ByteLength];
        key.WriteBytes(keyBytes);
        signature.WriteBytes(signatureBytes);
        return NSec.Cryptography.PublicKey.TryImport(
                Algorithm, keyBytes, KeyBlobFormat.RawPublicKey, out var imported)
            && Algorithm.Verify(imported!, text, signatureBytes);
    }

    public void Dispose() => _key.Dispose();
}
