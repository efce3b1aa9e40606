using Microsoft.Extensions.Hosting;

namespace Blockchain.AppHost.Network;

/// <summary>
/// Asks the peers that are up what they are and shows it in their rows: a peer can be paused or turned malicious from
/// the
/// Observatory or by its API too, of which Aspire hears nothing.
/// </summary>
internal sealed class PeerWatch(
    BlockchainNetwork network, ResourceNotificationService notifications, PeerControl control) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Task.WhenAll(network.Peers.Values.Select(peer => UpdateAsync(peer.Resource, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    private async Task UpdateAsync(ProjectResource peer, CancellationToken cancellation)
    {
        if (!notifications.TryGetCurrentState(peer.Name, out var state) || !state.Snapshot.IsUp())
        {
            return;
        }

        var status = await control.TryStatusAsync(peer, Interval, cancellation);
        if (status is null || AreAlike(state.Snapshot, state.Snapshot.With(status)))
        {
            return;
        }

        await notifications.PublishUpdateAsync(
            peer, snapshot => snapshot.IsRunning() ? snapshot.With(status) : snapshot);
    }

    private static bool AreAlike(CustomResourceSnapshot one, CustomResourceSnapshot other) =>
        one.State == other.State && one.Properties.SequenceEqual(other.Properties);
}
