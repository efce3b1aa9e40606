using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Blockchain.ServiceDefaults;

/// <summary>
/// What every service of the network has in common: telemetry, health, service discovery, resilient HTTP.
/// </summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Tag of the health checks that say whether the process lives, whatever it may be waiting for.</summary>
    public const string LiveTag = "live";

    /// <param name="service">
    /// What collectors call this service where <c>OTEL_SERVICE_NAME</c> does not say; null: the application's name.
    /// </param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string? service = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry(service ?? builder.Environment.ApplicationName);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        if (builder.Configuration.GetValue<bool>(StopWithInput.Setting))
        {
            builder.Services.AddSingleton<IHostLifetime, StopWithInput>();
        }

        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Maps <see cref="ServiceRoutes"/>.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(ServiceRoutes.Health);
        app.MapHealthChecks(
            ServiceRoutes.Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) });
        app.MapPrometheusScrapingEndpoint(ServiceRoutes.Metrics);
        return app;
    }
}
