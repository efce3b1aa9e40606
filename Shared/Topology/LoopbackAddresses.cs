namespace Blockchain.Shared.Topology;

/// <summary>Finds an address in 127.0.0.0/8 for every address of a plan.</summary>
internal static class LoopbackAddresses
{
    private const uint FirstSpare = (127u << 24) | (77u << 16);

    // Nobody is moved to 127.0.0.1, from which anything on the machine dials, or to the ends of the network.
    private static readonly Ipv4[] Reserved = [new(127u << 24), new((127u << 24) | 1), new((127u << 24) | 0xFF_FFFF)];

    /// <summary>
    /// 127.b.c.d for a.b.c.d; where that is taken, and for a host name, the first free address from 127.77.hi.lo on,
    /// hi and lo being the peer's index. Depends on nothing but the addresses and their order.
    /// </summary>
    public static string[] For(IReadOnlyList<string> addresses)
    {
        var taken = new HashSet<Ipv4>(Reserved);
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var address in addresses)
        {
            if (Ipv4.TryParse(address, out var ip) && ip.IsLoopback)
            {
                taken.Add(ip);
                moved[address] = address;
            }
        }

        for (var i = 0; i < addresses.Count; i++)
        {
            if (!moved.ContainsKey(addresses[i]))
            {
                moved.Add(addresses[i], Place(addresses[i], i, taken).ToString());
            }
        }

        return [.. addresses.Select(address => moved[address])];
    }

    private static Ipv4 Place(string address, int index, HashSet<Ipv4> taken)
    {
        if (Ipv4.TryParse(address, out var ip) && taken.Add(ip.OnLoopback()))
        {
            return ip.OnLoopback();
        }

        var spare = new Ipv4(FirstSpare + (uint)index);
        while (!taken.Add(spare))
        {
            spare = new Ipv4(spare.Value + 1).OnLoopback();
        }

        return spare;
    }
}
