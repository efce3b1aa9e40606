#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Text;

namespace Blockchain.Network.Tests;

/// <summary>What a test asks of a span. Ids are hex.</summary>
/// <param name="Service">Which process says so: its <c>service.name</c>.</param>
/// <param name="Parent">Empty: none.</param>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto</remarks>
internal sealed record ReceivedSpan(string Service, string Trace, string Id, string Parent, string Name)
{
    /// <summary>All spans of an ExportTraceServiceRequest: resource_spans = 1, each of one service.</summary>
    public static IEnumerable<ReceivedSpan> ReadAll(ReadOnlyMemory<byte> request) =>
        from resourceSpans in ProtobufFields.Of(request, 1)
        let service = ProtobufFields.Of(resourceSpans, 1).Select(ServiceOf).First()
        from scopeSpans in ProtobufFields.Of(resourceSpans, 2)
        from span in ProtobufFields.Of(scopeSpans, 2)
        select new ReceivedSpan(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5));

    /// <summary>resource: attributes = 1, of key = 1 and value = 2, which is a text = 1.</summary>
    private static string ServiceOf(ReadOnlyMemory<byte> resource) => ProtobufFields.Of(resource, 1)
        .Where(attribute => Text(attribute, 1) == "service.name")
        .SelectMany(attribute => ProtobufFields.Of(attribute, 2))
        .Select(value => Text(value, 1))
        .First();

    private static string Hex(ReadOnlyMemory<byte> message, int field) =>
        Convert.ToHexStringLower(ProtobufFields.Of(message, field).FirstOrDefault().Span);

    private static string Text(ReadOnlyMemory<byte> message, int field) =>
        Encoding.UTF8.GetString(ProtobufFields.Of(message, field).FirstOrDefault().Span);
}
