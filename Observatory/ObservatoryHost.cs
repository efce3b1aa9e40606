using System.Net;
using Blockchain.Observatory.Acting;
using Blockchain.Observatory.Components;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.Login;
using Blockchain.Observatory.Nodes;
using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Blockchain.ServiceDefaults;
using Blockchain.ServiceDefaults.Http;
using Blockchain.Shared.Topology;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Radzen;

namespace Blockchain.Observatory;

/// <summary>Puts the Observatory together.</summary>
public static class ObservatoryHost
{
    /// <summary>
    /// Everything is of this host, the connection by which pages are drawn too. Radzen positions by style attributes.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

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
        builder.Configuration.IgnoreSettingsFiles();
        // Not published, its assets lie where the packages and sources are; a manifest beside the program says where.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.AddServiceDefaults();
        builder.AddHttpProtection(ServiceNames.Observatory);
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseConnectionBudget()));
        AddLogging(builder.Logging);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // A browser that is gone is drawn for until then.
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30);
            circuits.DisconnectedCircuitMaxRetained = 10;
        });
        builder.Services.AddRadzenComponents();
        builder.AddNetwork();

        var app = builder.Build();
        app.UseHttpProtection(ContentSecurityPolicy);
        app.UseOwnOrigin();
        app.UseLogin(app.Services.GetRequiredService<ObservatoryOptions>());
        app.UseAntiforgery();
        app.MapDefaultEndpoints();
        app.MapRecording();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            render => render.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>Asks the Observatory that runs with these arguments whether it is well.</summary>
    /// <inheritdoc cref="HealthProbe.Run"/>
    public static int AskHealth(string[] args, TextWriter errors) =>
        HealthProbe.Run(args, _ => new IPEndPoint(IPAddress.Loopback, UsualPort), errors);

    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddLines();
    }

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
        builder.Services.AddSingleton<MessageSwitch>();
        builder.Services.AddSingleton<NetworkActs>().AddSingleton<NodeTableReader>();
        builder.Services.AddScoped<ViewChoice>().AddScoped<ReplayPlayer>();
        NodeClients.Add(builder.Services);
    }
}
