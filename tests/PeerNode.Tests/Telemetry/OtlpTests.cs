using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>What a collector gets.</summary>
[Collection(ListeningGroup.Name)]
public sealed class OtlpTests
{
    [Fact]
    public async Task Node_WithACollector_ExportsMetricsTracesAndLogsOfOneBlock()
    {
        await using var sink = await OtlpSink.StartAsync();
        await using var nodes = await NodesFixture.StartAsync(
            ["", ""], arguments: [[], [.. sink.Arguments, "--Logging:LogLevel:Peer=Debug"]]);

        var id = (await nodes.PostAsync(1, "mine"))["block_id"]!.GetValue<string>();
        await nodes.UntilAsync(2, "height", 1);
        await nodes.StopAsync();

        Assert.True(sink.HasTraceOf(id));
        Assert.True(sink.Has("traces", "block accepted"));
        Assert.True(sink.Has("metrics", "blockchain.chain.height"));
        Assert.True(sink.Has("metrics", OtlpSink.Trace(id)), "The propagation has no exemplar of the block.");
        Assert.True(sink.Has("logs", $"Accepted block {id[..8]}, height 1"));
        Assert.True(sink.Has("logs", OtlpSink.Trace(id)), "The log line is not of the block's trace.");
        Assert.True(sink.Has("logs", "peer-2"), "The service has no name.");
    }

    /// <summary>As a Compose file sets it that leaves the address of a collector to its user.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Node_WithAnEmptyAddressOfACollector_ExportsNothing(string endpoint)
    {
        await using var node = await NodeFixture.StartAsync(arguments: $"--OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}");

        Assert.Null(node.Host.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData("traceidratio")]
    [InlineData("parentbased_traceidratio")]
    public async Task Nodes_ThatSampleHalf_SampleTheSameBlocks(string sampler)
    {
        const int Blocks = 30;
        await using var first = await OtlpSink.StartAsync();
        await using var second = await OtlpSink.StartAsync();
        string[] half = [$"--OTEL_TRACES_SAMPLER={sampler}", "--OTEL_TRACES_SAMPLER_ARG=0.5"];
        await using var nodes = await NodesFixture.StartAsync(
            ["", ""],
            NodesFixture.Quiet + """, "inboundLimit": 0, "sendLimit": 0, "capacity": 0""",
            [[.. first.Arguments, .. half], [.. second.Arguments, .. half]]);

        var ids = new List<string>();
        for (var i = 0; i < Blocks; i++)
        {
            ids.Add((await nodes.PostAsync(1, "mine"))["block_id"]!.GetValue<string>());
        }

        await nodes.UntilAsync(2, "height", Blocks);
        await nodes.StopAsync();

        Assert.InRange(ids.Count(first.HasTraceOf), 1, Blocks - 1);
        Assert.Equal(ids.Where(first.HasTraceOf), ids.Where(second.HasTraceOf));
    }
}
