using System.Text.Json;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Api;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Events;
using Blockchain.PeerNode.Storage;
using Blockchain.PeerNode.Telemetry;
using Blockchain.PeerNode.Transport;
using Blockchain.ServiceDefaults;
using Blockchain.ServiceDefaults.Http;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Signing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Trace;

namespace Blockchain.PeerNode;

/// <summary>A running node: its listening sockets, its event loop, its pages.</summary>
public sealed partial class NodeHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly EventLoop _loop;
    private readonly EventHub _events;
    private Task? _stopping;

    private NodeHost(WebApplication app, NodeOptions options)
    {
        _app = app;
        Options = options;
        _loop = app.Services.GetRequiredService<EventLoop>();
        _events = app.Services.GetRequiredService<EventHub>();
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            Stopping(
                app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategories.Node),
                options.Plan.Id.Value,
                app.Services.GetRequiredService<NodeStatistics>().Height);
            _stopping = StopPeerAsync();
        });
        _ = StopAfterFailureAsync();
    }

    public NodeOptions Options { get; }

    /// <summary>Completes with what the peer has failed of; the node stops then.</summary>
    public Task<Exception> Failure => _loop.Failure;

    /// <summary>Its parts, for tests.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>Where the pages are; a port that was left to the system is the one that it chose.</summary>
    public Uri Http =>
        new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .First(address => !address.EndsWith($"//{Options.P2p}", StringComparison.Ordinal)));

    /// <summary>
    /// Builds a node and starts it: takes its file, listens, and only then lets the peer speak.
    /// </summary>
    /// <exception cref="IOException">An address, port or file cannot be had; the message is one line that says
    /// which.</exception>
    public static async Task<NodeHost> StartAsync(WebApplicationBuilder builder, NodeOptions options)
    {
        var app = Build(builder, options);
        try
        {
            // Before anybody can connect: it takes its file, and what is in it, or says why not.
            app.Services.GetRequiredService<EventLoop>();
            await app.StartAsync();
        }
        catch (StorageException)
        {
            await app.DisposeAsync();
            throw;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await app.DisposeAsync();
            throw new IOException(BindProblem.Describe(options, e), e);
        }

        var host = new NodeHost(app, options);
        host._loop.Start();
        Started(
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategories.Node),
            options.Plan.Id.Value,
            options.Plan.Info.Light ? "light" : "full",
            options.P2p,
            host.Http);
        return host;
    }

    /// <summary>Waits for SIGTERM, SIGINT or <see cref="StopAsync"/>.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await (_stopping ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    private async Task StopAfterFailureAsync()
    {
        await _loop.Failure;
        _app.Lifetime.StopApplication();
    }

    private async Task StopPeerAsync()
    {
        await _loop.StopAsync();
        _events.Close();
    }

    private static WebApplication Build(WebApplicationBuilder builder, NodeOptions options)
    {
        var service = ServiceNames.OfPeer(options.Plan.Id);
        builder.AddServiceDefaults(service);
        builder.AddHttpProtection(service);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, NodeJson.Default);
        });
        builder.Services.AddOpenApi();
        builder.Services.AddHealthChecks().AddCheck<EventLoopHealthCheck>("event-loop", HealthStatus.Unhealthy);
        AddNode(builder.Services, options);
        Listen(builder, options);

        var app = builder.Build();

        // Made first, so that it is disposed of last: some spans end with the peer.
        app.Services.GetService<TracerProvider>();
        app.UseHttpProtection(StartPage.ContentSecurityPolicy);
        app.UseSilenceAfterFailure();
        app.UseControlKey(options);
        app.MapDefaultEndpoints();
        app.MapOpenApi();
        app.MapStateApi();
        app.MapControlApi();
        app.MapEventsApi();
        app.MapGet("/", () => Results.Content(StartPage.Of(options), "text/html; charset=utf-8"))
            .ExcludeFromDescription();
        return app;
    }

    private static void AddNode(IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LoopClock>();
        services.AddSingleton<LoopMailbox>();
        services.AddSingleton<ConnectionMemory>();
        services.AddSingleton<Intake>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<CallerAddresses>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Miner>();
        services.AddSingleton(provider => SafeguardsOf(options, provider.GetRequiredService<Miner>()));
        services.AddSingleton<ConnectionProofs>();
        services.AddSingleton<Dialer>();
        services.AddSingleton<PeerMetrics>();
        services.AddSingleton<PeerTraces>();
        services.AddSingleton<PeerLog>();
        services.AddSingleton<Traffic>();
        services.AddSingleton<NodeStatistics>();
        services.AddSingleton<NodeEvents>();
        if (options.Data is { } folder)
        {
            services.AddSingleton(_ => NodeFile.Open(folder, options.Plan.Id));
            services.AddSingleton<NodeStorage>();
        }

        services.AddSingleton<EventLoop>();
        services.AddSingleton<EventHub>();
    }

    private static Safeguards SafeguardsOf(NodeOptions options, Miner miner) => new()
    {
        Identity = options.PrivateKey is { } key
            ? new SignedNetwork(options.Network, new VerifiedSignatures(Ed25519Signatures.Of(key)))
            : null,
        Work = options.Network.Work,
        Miner = options.Network.Work > 0 ? miner : null,
    };

    private static void Listen(WebApplicationBuilder builder, NodeOptions options) => builder.WebHost
        .UseSockets(sockets => sockets.MaxReadBufferSize = Intake.ReadBytes)
        .ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.P2p, p2p => p2p.UseConnectionHandler<P2pConnectionHandler>());
            foreach (var endpoint in options.Http)
            {
                kestrel.Listen(endpoint, http => http.UseConnectionBudget());
            }
        });

    [LoggerMessage(LogLevel.Information, "Peer {Id} ({Role}): P2P on {P2p}, pages on {Http}")]
    private static partial void Started(ILogger logger, string id, string role, System.Net.IPEndPoint p2p, Uri http);

    [LoggerMessage(LogLevel.Information, "Peer {Id} stops at height {Height}")]
    private static partial void Stopping(ILogger logger, string id, int height);
}
