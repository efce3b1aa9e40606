using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Blockchain.Shared.Wire;

/// <summary>A SHA-256 value: the id of a transaction or block. Ordered as its lower-case hex text is.</summary>
public readonly record struct Hash256 : IComparable<Hash256>
{
    public const int ByteLength = 32;
    public const int HexLength = 64;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <param name="bytes">Exactly 32 bytes, most significant first.</param>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, ByteLength);
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>
    /// The parent of a first block, "GENESIS" on the wire. Held as zero, which no block hashes to; the hex text of
    /// zero is therefore no id.
    /// </summary>
    public static Hash256 Genesis => default;

    public bool IsGenesis => this == default;

    /// <summary>As many digits as tell blocks apart in a log.</summary>
    public string Prefix => ToString()[..8];

    public UInt128 Leading128 => new(_a, _b);

    public UInt128 Trailing128 => new(_c, _d);

    public static Hash256 Compute(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[ByteLength];
        SHA256.HashData(text, hash);
        return new Hash256(hash);
    }

    /// <summary>
    /// Reads 64 lower-case hex digits (UTF-8). False for anything else, upper case and all zeros included.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out Hash256 value)
    {
        value = default;
        if (hex.Length != HexLength || hex.IndexOfAnyInRange((byte)'A', (byte)'F') >= 0)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[ByteLength];
        if (Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        value = new Hash256(bytes);
        return !value.IsGenesis;
    }

    public static bool TryParse([NotNullWhen(true)] string? hex, out Hash256 value)
    {
        value = default;
        Span<byte> utf8 = stackalloc byte[HexLength];
        return hex is { Length: HexLength }
            && System.Text.Ascii.FromUtf16(hex, utf8, out _) == System.Buffers.OperationStatus.Done
            && TryParse(utf8, out value);
    }

    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>Writes the 64 hex digits as UTF-8.</summary>
    public void WriteHex(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        WriteBytes(bytes);
        Convert.TryToHexStringLower(bytes, destination, out _);
    }

    public int CompareTo(Hash256 other)
    {
        var order = _a.CompareTo(other._a);
        if (order == 0)
        {
            order = _b.CompareTo(other._b);
        }

        if (order == 0)
        {
            order = _c.CompareTo(other._c);
        }

        return order != 0 ? order : _d.CompareTo(other._d);
    }

    // The value is uniformly distributed already; mixing it again would only cost time. Tables of what others send use
    // SaltedIds instead.
    public override int GetHashCode() => (int)_d;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        WriteBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
