using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Blockchain.Shared;

/// <summary>The public half of a peer's Ed25519 key pair (RFC 8032), as text 64 lower-case hex digits.</summary>
public readonly record struct PublicKey
{
    public const int ByteLength = 32;
    public const int HexLength = 2 * ByteLength;

    private readonly UInt128 _a;
    private readonly UInt128 _b;

    /// <param name="bytes">Exactly 32.</param>
    public PublicKey(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, ByteLength);
        _a = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt128BigEndian(bytes[(ByteLength / 2)..]);
    }

    /// <summary>
    /// Reads 64 lower-case hex digits. Whether they are a point of the curve is for a signature to show.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, out PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        var isHex = hex is { Length: HexLength } && hex.AsSpan().IndexOfAnyInRange('A', 'F') < 0
            && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
        key = isHex ? new PublicKey(bytes) : default;
        return isHex;
    }

    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(ByteLength / 2)..], _b);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        WriteBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
