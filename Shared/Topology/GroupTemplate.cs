using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Blockchain.Shared.Topology;

/// <summary>Makes single peers of a group's template: addresses and ports count up from the first.</summary>
internal static class GroupTemplate
{
    /// <summary>False if something is missing, or the last address or port would be none.</summary>
    public static bool TryExpand(
        PeerDraft template, ProblemList problems, [NotNullWhen(true)] out List<PeerDraft>? members)
    {
        members = null;
        if (template is not { Count: { } count, Address: { } first, Port: { } port })
        {
            return false;
        }

        var portsFit = port + count - 1 <= NetworkPlan.LastPort;
        if (!portsFit)
        {
            problems.Error(
                template.Path.At("port"),
                $"with {count} peers the last port would be {port + count - 1}; the highest is {NetworkPlan.LastPort}, "
                + $"so start at {NetworkPlan.LastPort - count + 1} or below");
        }

        if (first.Plus(count - 1) is null)
        {
            problems.Error(
                template.Path.At("ip"),
                $"there is no room for {count} addresses from {first} on in "
                    + $"{(first.IsLoopback ? "127.0.0.0/8" : "IPv4")}");
            return false;
        }

        if (!portsFit)
        {
            return false;
        }

        members = [.. Enumerable.Range(0, count).Select(i => Member(template, i, first.Plus(i), port + i))];
        return true;
    }

    private static PeerDraft Member(PeerDraft template, int index, Ipv4? address, int port)
    {
        var id = template.IdPrefix is { } prefix
            ? string.Create(CultureInfo.InvariantCulture, $"{prefix}{index + 1}")
            : port.ToString(CultureInfo.InvariantCulture);
        return template with { Id = new PeerId(id), Address = address, Port = port };
    }
}
