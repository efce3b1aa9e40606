using System.Globalization;

namespace Blockchain.Shared.Topology;

/// <summary>
/// An IPv4 address in dotted decimal form only. The framework's parser also takes "1", "0x7f.1" and octal
/// numbers; such a text would never equal the one that a connection reports.
/// </summary>
internal readonly record struct Ipv4(uint Value)
{
    public bool IsLoopback => Value >> 24 == 127;

    /// <summary>The address so many further on; null beyond 255.255.255.255, or out of 127.0.0.0/8.</summary>
    public Ipv4? Plus(int offset)
    {
        var sum = (long)Value + offset;
        return sum > uint.MaxValue || (IsLoopback && sum >> 24 != 127) ? null : new Ipv4((uint)sum);
    }

    /// <summary>The same host in 127.0.0.0/8.</summary>
    public Ipv4 OnLoopback() => new((Value & 0x00FF_FFFF) | (127u << 24));

    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4 address)
    {
        address = default;
        Span<System.Range> octets = stackalloc System.Range[5];
        if (text.Split(octets, '.') != 4)
        {
            return false;
        }

        uint value = 0;
        foreach (var range in octets[..4])
        {
            var octet = text[range];
            if (octet.Length > 1 && octet[0] == '0')
            {
                return false;
            }

            if (!byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            value = (value << 8) | number;
        }

        address = new Ipv4(value);
        return true;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Value >> 24}.{(byte)(Value >> 16)}.{(byte)(Value >> 8)}.{(byte)Value}");
}
