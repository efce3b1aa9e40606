using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Blockchain.Lab.Conformance;

/// <summary>Where a node listens, as the user says it: <c>127.0.0.5:5000</c>.</summary>
internal static class NodeAddress
{
    /// <returns>Null: it is no address, but a command.</returns>
    /// <exception cref="FormatException">It is one of another machine.</exception>
    public static IPEndPoint? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 2
            || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return null;
        }

        var ip = parts[0] == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(parts[0], out var parsed) ? parsed
            : null;
        return ip is { AddressFamily: AddressFamily.InterNetwork } && IPAddress.IsLoopback(ip)
            ? new IPEndPoint(ip, port)
            : throw new FormatException(
                $"{text} is on another machine; a node that runs can be tried from its own one, at 127.x.y.z:port");
    }
}
