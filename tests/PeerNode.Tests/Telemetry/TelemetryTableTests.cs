using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Blockchain.PeerNode.Telemetry;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>What <c>docs/telemetry.md</c> says is what a node has.</summary>
public sealed partial class TelemetryTableTests
{
    private static readonly string[] Tags =
    [
        MetricNames.Type, MetricNames.Reason, MetricNames.Direction, MetricNames.Priority, MetricNames.Status, MetricNames.Role,
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

        var rows = Rows("metric").ToArray();
        lock (instruments)
        {
            Assert.Equal(
                instruments.Values.Select(one => (one.Name, Type(one), one.Unit)).Order(),
                rows.Select(row => (Code(row[0]), row[1], (string?)Code(row[2]))).Order());
            Assert.All(instruments.Values, one => Assert.NotEmpty(one.Description!));
        }

        Assert.All(rows.SelectMany(row => Codes(row[3])), tag => Assert.Contains(tag, Tags));
    }

    [Fact]
    public void Metrics_OfTheTable_AreTheConstants() => Assert.Equal(
        Constants(typeof(MetricNames)).Where(name => name.StartsWith("blockchain.", StringComparison.Ordinal)).Order(),
        Rows("metric").Select(row => Code(row[0])).Order());

    [Fact]
    public void SpansAndAttributes_OfTheTable_AreTheConstants()
    {
        var rows = Rows("span").ToArray();
        var constants = Constants(typeof(SpanNames)).ToArray();
        var attributes = rows.SelectMany(row => Attributes(row[3])).Append(SpanNames.Peer).Distinct();
        Assert.Equal(
            constants.Where(name => name.Contains(' ', StringComparison.Ordinal) && name != SpanNames.BlockAsked).Order(),
            rows.Select(row => Code(row[0])).Order());
        Assert.Equal(
            constants.Where(name => name.StartsWith("blockchain.", StringComparison.Ordinal)).Order(), attributes.Order());
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

    /// <summary>The cells of each row of the table whose first column has this head.</summary>
    private static IEnumerable<string[]> Rows(string head) => Document()
        .SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());

    private static string[] Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "docs", "telemetry.md")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllLines(Path.Combine(folder.FullName, "docs", "telemetry.md"));
    }

    private static string Code(string cell) => Codes(cell).Single();

    private static IEnumerable<string> Codes(string cell) =>
        Quoted().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>".height" behind "blockchain.block.id" is "blockchain.block.height".</summary>
    private static IEnumerable<string> Attributes(string cell)
    {
        var prefix = "";
        foreach (var name in Codes(cell).Where(name => name.Contains('.', StringComparison.Ordinal)))
        {
            var whole = name.StartsWith('.') ? prefix + name : name;
            prefix = whole[..whole.LastIndexOf('.')];
            yield return whole;
        }
    }

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Quoted();
}
