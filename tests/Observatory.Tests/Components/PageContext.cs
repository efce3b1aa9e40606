using Blockchain.Observatory.Acting;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.Nodes;
using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Radzen.Blazor.Rendering;

namespace Blockchain.Observatory.Tests.Components;

/// <summary>What components find around them, without a network.</summary>
internal sealed class PageContext : BunitContext
{
    // The usual second is over on a busy machine before a page is drawn.
    static PageContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public PageContext(string? key = null, params string[] peers)
        : this(TimeProvider.System, key, peers)
    {
    }

    /// <param name="time">Of the network and the pages.</param>
    public PageContext(TimeProvider time, string? key, string[] peers)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./map.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./diagram.js").Mode = JSRuntimeMode.Loose;
        JSInterop.Setup<Rect>("Radzen.createChart", _ => true).SetResult(new Rect { Width = 600, Height = 300 });
        var planned = new PlannedPeers([.. peers.Select(id => new PeerState(new Shared.PeerId(id)))], null);
        Live = new LiveNetwork(time, planned.Peers);
        Services.AddSingleton(Live).AddSingleton(planned).AddSingleton(time);
        Services.AddSingleton(new ObservatoryOptions { Key = key });
        Services.AddSingleton<PeerConnections>().AddSingleton<NetworkActs>();
        Services.AddSingleton<MessageSwitch>();
        Services.AddSingleton<NodeTableReader>().AddSingleton<NodeClients>().AddHttpClient();
        Services.AddScoped<ViewChoice>().AddScoped<ReplayPlayer>();
        Services.AddRadzenComponents();
    }

    public LiveNetwork Live { get; }

    public void Tell(Story story)
    {
        foreach (var happened in story.Events)
        {
            Live.Add(happened);
        }
    }
}
