using System.Buffers;
using System.Buffers.Binary;

namespace Blockchain.Shared.Wire;

/// <summary>An Ed25519 signature (RFC 8032), on the wire as 128 lower-case hex digits.</summary>
public readonly record struct Signature
{
    public const int ByteLength = 64;
    public const int HexLength = 2 * ByteLength;

    private const int PartLength = ByteLength / 4;

    private readonly UInt128 _a;
    private readonly UInt128 _b;
    private readonly UInt128 _c;
    private readonly UInt128 _d;

    /// <param name="bytes">Exactly 64.</param>
    public Signature(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, ByteLength);
        _a = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt128BigEndian(bytes[PartLength..]);
        _c = BinaryPrimitives.ReadUInt128BigEndian(bytes[(2 * PartLength)..]);
        _d = BinaryPrimitives.ReadUInt128BigEndian(bytes[(3 * PartLength)..]);
    }

    /// <summary>Reads 128 lower-case hex digits (UTF-8); false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out Signature signature)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        var isHex = hex.Length == HexLength && hex.IndexOfAnyInRange((byte)'A', (byte)'F') < 0
            && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
        signature = isHex ? new Signature(bytes) : default;
        return isHex;
    }

    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt128BigEndian(destination[PartLength..], _b);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(2 * PartLength)..], _c);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(3 * PartLength)..], _d);
    }

    /// <summary>Writes the hex digits as UTF-8.</summary>
    public void WriteHex(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        WriteBytes(bytes);
        Convert.TryToHexStringLower(bytes, destination, out _);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        WriteBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
