using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace Blockchain.ServiceDefaults;

/// <summary>
/// Samples as the standard variables <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> say; without them,
/// all. A span that names a trace but no span above it counts as a root, as which the SDK's own reading of these
/// variables would not see it: so it is that a share of all blocks is the same blocks on every node.
/// </summary>
internal sealed class ConfiguredSampler : Sampler
{
    private const string Name = "OTEL_TRACES_SAMPLER";
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";
    private const string ParentBased = "parentbased_";

    private readonly Sampler _sampler;

    private ConfiguredSampler(Sampler sampler) => _sampler = sampler;

    /// <summary>What is not understood counts as not said, which is what the standard asks for.</summary>
    public static ConfiguredSampler Of(IConfiguration configuration)
    {
        var name = configuration[Name]?.Trim() ?? "";
        var isParentBased = name.StartsWith(ParentBased, StringComparison.Ordinal);
        Sampler? root = (isParentBased ? name[ParentBased.Length..] : name) switch
        {
            "always_on" => new AlwaysOnSampler(),
            "always_off" => new AlwaysOffSampler(),
            "traceidratio" => new TraceIdRatioBasedSampler(Ratio(configuration[Argument])),
            _ => null,
        };
        return new ConfiguredSampler(root is null ? new ParentBasedSampler(new AlwaysOnSampler())
            : isParentBased ? new ParentBasedSampler(root)
            : root);
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        return parent.TraceId != default && parent.SpanId == default
            ? _sampler.ShouldSample(new SamplingParameters(
                default,
                samplingParameters.TraceId,
                samplingParameters.Name,
                samplingParameters.Kind,
                samplingParameters.Tags,
                samplingParameters.Links))
            : _sampler.ShouldSample(samplingParameters);
    }

    private static double Ratio(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? ratio
            : 1;
}
