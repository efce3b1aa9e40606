using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Blockchain.Signing;

/// <summary>
/// The private half of a key pair: 32 bytes, as text 64 lower-case hex digits. It never shows itself.
/// </summary>
public sealed class PrivateKey
{
    private const int ByteLength = 32;

    private readonly byte[] _bytes;

    internal PrivateKey(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <param name="bytes">Exactly 32, which nobody else must be able to guess.</param>
    public static PrivateKey Of(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, ByteLength);
        return new PrivateKey(bytes);
    }

    /// <summary>Reads the text, around which white space is allowed, as at the end of a file.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PrivateKey? key)
    {
        var bytes = new byte[ByteLength];
        var hex = text?.Trim();
        var isHex = hex is { Length: 2 * ByteLength }
            && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
        key = isHex ? new PrivateKey(bytes) : null;
        return isHex;
    }

    /// <summary>The text, for the file that keeps it.</summary>
    public string ToHex() => Convert.ToHexStringLower(_bytes);

    /// <summary>So that no log line can give it away.</summary>
    public override string ToString() => "(a private key)";
}
