using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Blockchain.ServiceDefaults;

/// <summary>Metrics for whoever scrapes them; with a collector, metrics, traces and logs for it.</summary>
internal static class TelemetryExtensions
{
    /// <summary>Name pattern of all meters and activity sources of ours.</summary>
    private const string OwnSources = "Blockchain.*";

    /// <summary>
    /// Room is reserved for each series at the start, for 2,000 per metric by default. Ours with most of them has one
    /// for each type of message and reason to drop it; the others have few.
    /// </summary>
    private const int SeriesPerMetric = 64;

    private const int SeriesOfDrops = 256;
    private const string Drops = "blockchain.messages.dropped";
    private const string Requests = "http.server.request.duration";

    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    public static void AddTelemetry<TBuilder>(this TBuilder builder, string service)
        where TBuilder : IHostApplicationBuilder
    {
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(OwnSources)
            .AddMeter("System.Runtime")
            .AddMeter("Microsoft.AspNetCore.Hosting")
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddView(StreamOf)
            .AddPrometheusExporter());
        if (string.IsNullOrWhiteSpace(builder.Configuration[ServiceName]))
        {
            telemetry.ConfigureResource(resource => resource.AddService(service, autoGenerateServiceInstanceId: false));
        }

        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            // Without a collector nobody would ever read a trace, so none is made.
            return;
        }

        // Not of HTTP: pages and launchers ask every node every second, and blocks would not be found among that.
        var sampler = ConfiguredSampler.Of(builder.Configuration);
        telemetry.WithTracing(tracing => tracing.AddSource(OwnSources).SetSampler(sampler));
        telemetry.WithLogging(configureBuilder: null, options => options.IncludeFormattedMessage = true);
        telemetry.UseOtlpExporter();

        // The exporters try again by themselves, and need none of what makes other calls resilient, three times over.
        builder.Services.ConfigureAll<OtlpExporterOptions>(options => options.HttpClientFactory = () =>
            new HttpClient { Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds) });
    }

    /// <summary>
    /// The runtime counts assemblies, processors and timers under names that end as those of histograms only may.
    /// </summary>
    private static MetricStreamConfiguration StreamOf(Instrument instrument) =>
        instrument.Name.EndsWith(".count", StringComparison.Ordinal)
            ? MetricStreamConfiguration.Drop
            : new MetricStreamConfiguration
            {
                CardinalityLimit = instrument.Name is Drops or Requests ? SeriesOfDrops : SeriesPerMetric,
            };
}
