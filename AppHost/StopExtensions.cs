using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Blockchain.AppHost;

internal static class StopExtensions
{
    /// <summary>
    /// Has the end of this program wait for that of every process; Aspire by itself leaves them to be cleaned up later.
    /// </summary>
    public static IDistributedApplicationBuilder WaitForTheEndOfAll(this IDistributedApplicationBuilder builder)
    {
        builder.Configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
        return builder;
    }

    /// <summary>Stops the application by itself, so long after its start as it is told; null: never.</summary>
    public static void StopAfter(this IDistributedApplicationBuilder builder, TimeSpan? duration)
    {
        if (duration is { } time && builder.ExecutionContext.IsRunMode)
        {
            builder.Services.AddHostedService(
                services => new Stopper(time, services.GetRequiredService<IHostApplicationLifetime>()));
        }
    }

    private sealed class Stopper(TimeSpan duration, IHostApplicationLifetime application) : IHostedService, IDisposable
    {
        private Timer? _timer;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            // Not before everything that is to be stopped has been started.
            application.ApplicationStarted.Register(
                () => _timer = new Timer(_ => application.StopApplication(), null, duration, Timeout.InfiniteTimeSpan));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _timer?.Dispose();
    }
}
