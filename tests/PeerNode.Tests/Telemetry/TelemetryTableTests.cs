using System.Diagnostics.Metrics;
using System.Reflection;
using Blockchain.PeerNode.Telemetry;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>What <c>docs/telemetry.md</c> says is what a node has.</summary>
public sealed class TelemetryTableTests
{
    private static readonly string[] Tags =
    [
        MetricNames.Type, MetricNames.Reason, MetricNames.Direction, MetricNames.Priority, MetricNames.Status,
        MetricNames.Role,
    ];

    [Fact]
    public async Task Metrics_OfTheTable_AreTheInstrumentsOfANodeWithTypeAndUnit()
    {
        var instruments = new Dictionary<string, Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == MetricNames.Meter)
                {
                    lock (instruments)
                    {
                        instruments[instrument.Name] = instrument;
                    }
                }
            },
        };
        listener.Start();
        await using var node = await NodeFixture.StartAsync();

        var rows = TelemetryDocument.Metrics();
        lock (instruments)
        {
            Assert.Equal(
                instruments.Values.Select(one => (one.Name, Type(one), one.Unit)).Order(),
                rows.Select(row => (row.Name, row.Type, (string?)row.Unit)).Order());
            Assert.All(instruments.Values, one => Assert.NotEmpty(one.Description!));
        }

        Assert.All(rows.SelectMany(row => row.Tags), tag => Assert.Contains(tag, Tags));
    }

    [Fact]
    public void Metrics_OfTheTable_AreTheConstants() => Assert.Equal(
        Constants(typeof(MetricNames)).Where(name => name.StartsWith("blockchain.", StringComparison.Ordinal)).Order(),
        TelemetryDocument.Metrics().Select(row => row.Name).Order());

    [Fact]
    public void SpansAndAttributes_OfTheTable_AreTheConstants()
    {
        var rows = TelemetryDocument.Spans();
        var constants = Constants(typeof(SpanNames)).ToArray();
        var attributes = rows.SelectMany(row => row.Attributes).Append(SpanNames.Peer).Distinct();
        Assert.Equal(
            constants.Where(name => name.Contains(' ') && name != SpanNames.BlockAsked).Order(),
            rows.Select(row => row.Name).Order());
        Assert.Equal(
            constants.Where(name => name.StartsWith("blockchain.", StringComparison.Ordinal)).Order(),
            attributes.Order());
    }

    private static IEnumerable<string> Constants(Type names) => names
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!);

    private static string Type(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "ObservableCounter" => "counter",
        "ObservableGauge" => "gauge",
        var other => other.ToLowerInvariant(),
    };
}
