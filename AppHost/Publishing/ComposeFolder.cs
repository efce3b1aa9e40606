using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.Pipelines;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Publishing;

/// <summary>What a published folder has beyond what Aspire writes there.</summary>
internal static partial class ComposeFolder
{
    /// <summary>The network's file, which every container sees.</summary>
    public const string PeersFileName = "peers.json";

    private const string ComposeFileName = "docker-compose.yaml";

    /// <summary>Of threads, in a container. A node has some twenty, and its health check as many.</summary>
    private const int ProcessLimit = 256;

    public static void CompleteFolder(this IDistributedApplicationBuilder builder, string environment, NetworkPlan plan)
    {
#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Under evaluation, and there is nothing else.
        builder.Pipeline.AddStep(
            $"complete-{environment}",
            step => CompleteAsync(
                step.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(), plan, step.CancellationToken),
            dependsOn: $"publish-{environment}",
            requiredBy: WellKnownPipelineSteps.Publish);
#pragma warning restore ASPIREPIPELINES001, ASPIREPIPELINES004
    }

    private static async Task CompleteAsync(string folder, NetworkPlan plan, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, PeersFileName), PeersFile.Write(plan), cancellation)
            .ConfigureAwait(false);

        // Aspire's model of a Compose file has no place for this limit.
        var path = Path.Combine(folder, ComposeFileName);
        var text = await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false);
        var limit = ProcessLimit.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(path, MemoryLimit().Replace(text, $"$0\n$1pids: {limit}"), cancellation)
            .ConfigureAwait(false);
    }

    [GeneratedRegex("^( +)memory: .*$", RegexOptions.Multiline)]
    private static partial Regex MemoryLimit();
}
