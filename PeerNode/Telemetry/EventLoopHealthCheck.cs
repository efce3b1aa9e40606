using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>The node is ready while its event loop answers in time.</summary>
internal sealed class EventLoopHealthCheck(EventLoop loop) : IHealthCheck
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await loop.Ask(peer => peer.Ledger.Chain.Height, cancellationToken).WaitAsync(Deadline, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The event loop does not answer.", e);
        }
    }
}
