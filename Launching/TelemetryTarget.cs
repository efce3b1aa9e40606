using System.Diagnostics;

namespace Blockchain.Launching;

/// <summary>Where services send what they measure and log.</summary>
/// <param name="Otlp">A collector that speaks OTLP over gRPC; null: there is none.</param>
/// <remarks>https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</remarks>
public sealed record TelemetryTarget(Uri? Otlp)
{
    public static readonly TelemetryTarget None = new((Uri?)null);

    // Milliseconds. By default metrics are a minute late and traces five seconds, which nobody who looks on waits for.
    private const string Interval = "1000";

    /// <param name="service">Its name, and as there is one of it, that of its instance.</param>
    /// <param name="keepsLog">Whether somebody reads its output line by line.</param>
    internal void ApplyTo(ProcessStartInfo start, string service, bool keepsLog)
    {
        var environment = start.Environment;
        if (Otlp is null)
        {
            if (!keepsLog)
            {
                environment["Logging__LogLevel__Default"] = "Warning";
            }

            return;
        }

        // What goes to the collector is not for the output too.
        if (!keepsLog)
        {
            environment["Logging__Console__LogLevel__Default"] = "Warning";
        }

        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = Otlp.GetLeftPart(UriPartial.Authority);
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        environment["OTEL_SERVICE_NAME"] = service;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={service}";
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = Interval;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = Interval;
        environment["OTEL_BLRP_SCHEDULE_DELAY"] = Interval;
    }
}
