using System.Diagnostics;
using Blockchain.Launching.Guests;
using Blockchain.NodeApi;
using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>One peer of a local network.</summary>
public sealed class LocalNode : LocalService
{
    internal LocalNode(
        PeerPlan plan, HttpClient http, Uri url, ProcessStartInfo start, LocalNetworkOptions options)
        : base(
            ServiceNames.OfPeer(plan.Id),
            $"peer {plan.Id}",
            url,
            token => plan.Program is null
                ? http.AnswersAsync(new Uri(url, ServiceRoutes.Health), token)
                : GuestLaunch.AnswersAsync(plan.Info, token),
            start,
            options)
    {
        Plan = plan;
        Client = new NodeClient(http, url, options.ControlKey);
        Command = plan.Program is null
            ? NodeLaunch.CommandOf(start)
            : string.Join(' ', start.ArgumentList.Prepend(start.FileName));
    }

    public PeerPlan Plan { get; }

    public PeerId Id => Plan.Id;

    public NodeClient Client { get; }

    /// <summary>
    /// What starts it by hand in a shell. It has no control key then: whoever lists the processes of this machine would
    /// see that.
    /// </summary>
    public string Command { get; }

    internal RestartPause Pause { get; } = new();
}
