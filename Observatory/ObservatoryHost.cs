using System.Net;
using Blockchain.Observatory.Acting;
using Blockchain.Observatory.Components;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.Nodes;
using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Blockchain.ServiceDefaults;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Radzen;

namespace Blockchain.Observatory;

/// <summary>Puts the Observatory together.</summary>
public static class ObservatoryHost
{
    /// <summary>The port of a web server that is told none.</summary>
    private const int UsualPort = 5000;

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Whoever starts it may stand in any folder.
            ContentRootPath = AppContext.BaseDirectory,
        });
        // Not published, its assets lie where the packages and sources are; a manifest beside the program says where.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.AddServiceDefaults();
        builder.Logging.AddLines();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // A browser that is gone is drawn for until then.
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30);
            circuits.DisconnectedCircuitMaxRetained = 10;
        });
        builder.Services.AddRadzenComponents();
        builder.AddNetwork();

        var app = builder.Build();
        app.UseOwnOrigin();
        app.UseAntiforgery();
        app.MapDefaultEndpoints();
        app.MapRecording();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>Asks the Observatory that runs with these arguments whether it is well.</summary>
    /// <inheritdoc cref="HealthProbe.Run"/>
    public static int AskHealth(string[] args, TextWriter errors) =>
        HealthProbe.Run(args, _ => new IPEndPoint(IPAddress.Loopback, UsualPort), errors);

    private static void AddNetwork(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ObservatoryOptions.Section);
        var options = section.Get<ObservatoryOptions>() ?? new ObservatoryOptions();
        var planned = PlannedPeers.Read(builder.Configuration, options);
        builder.Services.AddSingleton(options).AddSingleton(planned).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
            new LiveNetwork(services.GetRequiredService<TimeProvider>(), planned.Peers));
        builder.Services.AddSingleton<PeerConnections>();
        builder.Services.AddHostedService<Followers>();
        builder.Services.AddSingleton<NetworkActs>().AddSingleton<NodeTableReader>();
        builder.Services.AddScoped<ViewChoice>().AddScoped<ReplayPlayer>();
        NodeClients.Add(builder.Services);
    }
}
