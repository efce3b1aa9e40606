using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Blockchain.ServiceDefaults;

/// <summary>What every service of the network has in common: telemetry, health, service discovery, resilient HTTP.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Tag of the health checks that say whether the process lives, whatever it may be waiting for.</summary>
    public const string LiveTag = "live";

    /// <summary>Name pattern of all meters and activity sources of ours.</summary>
    private const string OwnSources = "Blockchain.*";

    /// <summary>Room is reserved for each at the start, 2,000 by default; ours are bounded by types and reasons.</summary>
    private const int SeriesPerMetric = 256;

    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary><c>/health</c>: ready to serve; <c>/alive</c>: the process answers; <c>/metrics</c>: Prometheus.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) });
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    private static void AddTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(OwnSources)
            .AddMeter("System.Runtime")
            .AddMeter("Microsoft.AspNetCore.Hosting")
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = SeriesPerMetric })
            .AddPrometheusExporter());
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            // Without a collector nobody would ever read a trace, so none is made.
            return;
        }

        telemetry.WithTracing(tracing => tracing
            .AddSource(OwnSources)
            .AddSource("Microsoft.AspNetCore")
            .AddSource("System.Net.Http"));
        telemetry.UseOtlpExporter();
    }
}
