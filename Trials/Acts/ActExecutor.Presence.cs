using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

// Who is there.
public sealed partial class ActExecutor
{
    private async Task EndAsync(PeerId peer, Func<PeerId, Task> end)
    {
        _absent.Add(peer);
        OrdersOf(peer).IsPaused = false;
        if (host.IsRunning(peer))
        {
            await end(peer);
        }
    }

    private async Task StartIfDownAsync(PeerId peer)
    {
        _absent.Remove(peer);
        if (host.IsRunning(peer))
        {
            return;
        }

        await host.StartAsync(peer, OrdersAtStart(peer));
    }

    private async Task RestartAsync(PeerId peer)
    {
        await EndAsync(peer, host.StopAsync);
        await StartIfDownAsync(peer);
    }

    /// <summary>What still holds for a peer that starts.</summary>
    private IReadOnlyList<PeerCommand> OrdersAtStart(PeerId peer)
    {
        var orders = _orders.TryGetValue(peer, out var standing) ? standing.Commands : [];
        return _cutOff.Contains(PlanOf(peer).Info.NetworkId) ? [.. orders, new SetCutOff(true)] : [.. orders];
    }

    /// <summary>Now it is up; it goes, and comes back, and goes again.</summary>
    /// <param name="left">Until all are to be up again.</param>
    private void PlanLeave(PeerId peer, TimeSpan meanUp, TimeSpan meanDown, TimeSpan left)
    {
        var leaves = Exponential(meanUp);
        var returns = leaves + Exponential(meanDown);
        if (leaves >= left)
        {
            return;
        }

        returns = returns < left ? returns : left;
        host.Schedule(leaves, () => EndAsync(peer, host.KillAsync));
        host.Schedule(returns, async () =>
        {
            await StartIfDownAsync(peer);
            PlanLeave(peer, meanUp, meanDown, left - returns);
        });
    }

    private TimeSpan Exponential(TimeSpan mean) => mean * PortableMath.Exponential(host.Random.NextDouble());
}
