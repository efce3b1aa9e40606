using Blockchain.Launching.Guests;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Blockchain.AppHost.Network;

/// <summary>A peer that is a program of somebody else.</summary>
internal static class ProgramExtensions
{
    /// <summary>An executable of Aspire: with its output as logs, and the commands Start, Stop and Restart.</summary>
    /// <param name="file">The network as a plain file.</param>
    /// <exception cref="AppHost.RefusedException">It has no command for real time.</exception>
    public static IResourceBuilder<ExecutableResource> AddProgram(
        this IDistributedApplicationBuilder builder,
        PeerPlan plan,
        string file,
        IResourceBuilder<NatNetworkResource> network)
    {
        var command = CommandOf(plan, file);
        var name = ServiceNames.OfPeer(plan.Id);
        builder.Services.AddHealthChecks().AddAsyncCheck(name, stop => CheckAsync(plan, stop));
        var program = builder.AddExecutable(
            name,
            command[0],
            plan.Program!.Directory ?? ".",
            [.. command.Skip(1)]);
        program.WithEndpoint(plan.Info.Port, plan.Info.Port, "tcp", Names.P2p, isProxied: false)
            .WithEndpoint(Names.P2p, p2p => p2p.TargetHost = plan.Info.Ip)
            .WithUrlForEndpoint(Names.P2p, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithAnnotation(new PeerAnnotation(plan, network.Resource))
            .WithParentRelationship(network)
            .WithInitialState(PeerProperties.OfProgram(plan, network.Resource))
            .WithHealthCheck(name);
        foreach (var (variable, value) in plan.Program.Environment)
        {
            program.WithEnvironment(variable, value);
        }

        network.Resource.Add(program.Resource);
        return plan.ManualStart ? program.WithExplicitStart() : program;
    }

    private static IReadOnlyList<string> CommandOf(PeerPlan plan, string file)
    {
        try
        {
            return GuestLaunch.CommandOf(plan, file);
        }
        catch (Launching.RefusedException problem)
        {
            throw new AppHost.RefusedException($"error: {problem.Message}");
        }
    }

    /// <summary>It has no page that says how it is, so all that can be asked is whether it listens.</summary>
    private static async Task<HealthCheckResult> CheckAsync(PeerPlan plan, CancellationToken stop) =>
        await GuestLaunch.AnswersAsync(plan.Info, stop)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Nobody listens at {plan.Info.Ip}:{plan.Info.Port}.");
}
