using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Experiments.Load;

/// <summary>The node under load.</summary>
/// <param name="Url">Where its pages are, from which one learns how much it has accepted.</param>
internal sealed record LoadTarget(string Host, int Port, Uri Url)
{
    /// <summary>
    /// Reads "127.28.0.15:5005"; without an address of its pages they are at port + 2000 on 127.0.0.1.
    /// </summary>
    public static bool TryParse(string text, Uri? url, [NotNullWhen(true)] out LoadTarget? target)
    {
        target = null;
        var colon = text.LastIndexOf(':');
        if (colon < 1
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > NetworkPlan.LastPort)
        {
            return false;
        }

        target = new LoadTarget(text[..colon], port, url ?? NodeAddress.OnThisMachine(port));
        return true;
    }
}
