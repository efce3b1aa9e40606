using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Network;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>The model that is made of a file; nothing is started.</summary>
public sealed class ModelTests
{
    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task EveryPeer_InTheModel_IsAProjectWithItsEndpointsUnderItsNetwork(string kind)
    {
        using var file = new PeersFiles(kind);
        await using var app = AspireApp.ModelOf(file.Path);
        var plan = file.Plan.OnLoopback();

        var peers = AspireApp.PeersOf(app).ToDictionary(peer => peer.Name);
        Assert.Equal(plan.Peers.Select(peer => $"peer-{peer.Id}").Order(), peers.Keys.Order());
        foreach (var planned in plan.Peers)
        {
            var peer = peers[$"peer-{planned.Id}"];
            var p2p = peer.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "p2p");
            Assert.Equal(
                (ProtocolType.Tcp, planned.Info.Ip, planned.Info.Port, false),
                (p2p.Protocol, p2p.TargetHost, p2p.Port, p2p.IsProxied));
            var http = peer.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "http");
            Assert.Equal(("127.0.0.1", plan.HttpPort(planned.Id)), (http.TargetHost, http.Port));
            Assert.Single(peer.Annotations.OfType<HealthCheckAnnotation>());
            Assert.Equal(planned.ManualStart, peer.HasAnnotationOfType<ExplicitStartupAnnotation>());

            var parent = Assert.Single(
                peer.Annotations.OfType<ResourceRelationshipAnnotation>(), link => link.Type == "Parent");
            Assert.Equal(
                planned.Info.NetworkId, Assert.IsType<NatNetworkResource>(parent.Resource).NetworkId);
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task EveryPeer_InTheModel_IsToldWhereThePeersThatItKnowsAre(string kind)
    {
        using var file = new PeersFiles(kind);
        await using var app = AspireApp.ModelOf(file.Path);
        foreach (var peer in AspireApp.PeersOf(app))
        {
            var plan = PeerAnnotation.Of(peer)!.Plan;
            var known = file.Plan.KnownBy(plan.Id).Select(other => $"peer-{other.Id}").Order().ToArray();

            // An arrow for each pair would make a mesh of the dashboard's graph; the one that means something is its
            // network.
            Assert.Equal("Parent", Assert.Single(peer.Annotations.OfType<ResourceRelationshipAnnotation>()).Type);

            var environment = await EnvironmentOfAsync(app, peer);
            Assert.Equal(
                known.Select(name => $"services__{name}__p2p__0"),
                environment.Keys.Where(key => key.EndsWith("__p2p__0", StringComparison.Ordinal)).Order());
            Assert.Equal(plan.Id.Value, environment["Node__Id"]);
            Assert.Equal(file.Path, environment["Node__File"]);
            Assert.Equal("Own", environment["Node__Addresses"]);
            Assert.True(Assert.IsType<ParameterResource>(environment["Node__Key"]).Secret);
        }
    }

    [Fact]
    public async Task EveryPeer_OfANetworkThatKeepsData_IsToldWhere()
    {
        using var file = new PeersFiles(PeersFiles.FlatWithManual);
        await File.WriteAllTextAsync(
            file.Path, PeersFile.Write(file.Plan.WithData("kept")), TestContext.Current.CancellationToken);
        await using var app = AspireApp.ModelOf(file.Path);
        foreach (var peer in AspireApp.PeersOf(app))
        {
            Assert.Equal(
                Path.Combine(file.Folder.FullName, "kept"), (await EnvironmentOfAsync(app, peer))["Node__Data"]);
        }
    }

    [Fact]
    public async Task ShippedNetwork_InTheModel_ShowsRolesGatewaysAndCommands()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path);

        Assert.Equal(
            ["full", "behind NAT", "network-1", "5000 5001", "honest", "active", "0", "none"],
            PropertiesOf(Resource(app, "peer-5002")));
        Assert.Equal(
            ["light", "public, gateway", "network-1", "5000 5001", "honest", "active", "0", "none"],
            PropertiesOf(Resource(app, "peer-5000")));
        Assert.Equal(
            ["full", "public", "network-public", "none needed", "malicious", "active", "0", "none"],
            PropertiesOf(Resource(app, "peer-5004")));
        string[] ofAll = ["conditions", "pause", "resume", "turn-honest", "turn-malicious"];
        string[] ofMakers = ["load", "mine", "send"];
        Assert.Equal(ofAll.Concat(ofMakers).Order(), CommandsOf(Resource(app, "peer-5002")));
        Assert.Equal(ofAll, CommandsOf(Resource(app, "peer-5000")));

        var network = Assert.IsType<NatNetworkResource>(Resource(app, "network-1"));
        Assert.Equal(["peer-5000", "peer-5001", "peer-5002", "peer-5003"], network.Peers.Select(peer => peer.Name));
        Assert.Equal(["5000", "5001"], network.Group!.Gateways.Select(gateway => gateway.Value));
        Assert.Equal(["conditions", "heal", "load", "partition"], CommandsOf(network));
        Assert.Equal(
            ["network-1", "network-2", "network-public"],
            Model(app).Resources.OfType<NatNetworkResource>().Select(resource => resource.Name).Order());
    }

    [Fact]
    public async Task Commands_InTheModel_AreDescribedAndConfirmedWhereTheyDestroy()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path);
        var commands = Model(app).Resources
            .SelectMany(resource => resource.Annotations.OfType<ResourceCommandAnnotation>())
            .Where(command => command.Name is not ("start" or "stop" or "restart" or "rebuild"))
            .ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.False(string.IsNullOrWhiteSpace(command.DisplayDescription)));
        Assert.All(commands, command => Assert.Equal(
            command.Name == "turn-malicious", command.ConfirmationMessage is not null));
        Assert.All(
            commands, command => Assert.Equal(command.Name is "mine" or "partition" or "heal", command.IsHighlighted));
        Assert.All(commands.Where(command => command.Name is "conditions" or "load" or "send"), command =>
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description))));
    }

    [Fact]
    public async Task Properties_InTheModel_AreShownWithoutAClickInAnOrderOfTheirOwn()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path);
        foreach (var name in (string[])["peer-5002", "network-1"])
        {
            var properties = SnapshotOf(Resource(app, name)).Properties;
            Assert.All(properties, property => Assert.True(property.IsHighlighted));
            Assert.Equal(
                Enumerable.Range(1, properties.Length), properties.Select(property => property.SortOrder ?? 0).Order());
        }
    }

    [Theory]
    [InlineData(4, 0, false, "4 of 4 up", "success")]
    [InlineData(3, 0, false, "3 of 4 up", "warning")]
    [InlineData(3, 1, false, "3 up, 1 waiting", "success")]
    [InlineData(2, 1, false, "2 of 3 up, 1 waiting", "warning")]
    [InlineData(4, 0, true, "4 of 4 up, partitioned", "warning")]
    public async Task Network_SomePeersUp_SaysSoAndWarnsOnlyOfThoseThatShouldBe(
        int up, int waiting, bool isCutOff, string text, string style)
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path);
        var network = Assert.IsType<NatNetworkResource>(Resource(app, "network-1"));
        network.IsCutOff = isCutOff;
        var state = SnapshotOf(network).With(network, up, waiting).State;
        Assert.Equal((text, style), (state?.Text, state?.Style));
    }

    [Theory]
    [InlineData(false, false, "Running", null)]
    [InlineData(false, true, "Running, paused", "warning")]
    [InlineData(true, false, "Running, malicious", "warning")]
    [InlineData(true, true, "Running, malicious, paused", "warning")]
    public void Peer_PausedOrMalicious_HasAStateOfItsOwnAndRunsAllTheSame(
        bool isMalicious, bool isPaused, string text, string? style)
    {
        var running = new CustomResourceSnapshot
        {
            ResourceType = "Project",
            Properties = [],
            State = KnownResourceStates.Running,
        };
        var snapshot = running.WithBehaviour(isMalicious, isPaused);
        Assert.Equal((text, style), (snapshot.State?.Text, snapshot.State?.Style));
        Assert.True(snapshot.IsRunning());
        var exited = running with { State = KnownResourceStates.Exited };
        Assert.Equal(KnownResourceStates.Exited, exited.WithBehaviour(isMalicious, isPaused).State?.Text);
    }

    [Fact]
    public async Task Projects_UnderADebugger_AreStartedByTheEditor()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var alone = AspireApp.ModelOf(file.Path);
        await using var debugged = AspireApp.ModelOf(
            file.Path, configuration: new() { ["DEBUG_SESSION_PORT"] = "localhost:1234" });
        Assert.Contains(AspireApp.PeersOf(alone), peer => peer.HasAnnotationOfType<ExecutableAnnotation>());
        Assert.DoesNotContain(AspireApp.PeersOf(debugged), peer => peer.HasAnnotationOfType<ExecutableAnnotation>());
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task Observatory_InTheModel_RefersToThePageOfEveryPeerAlsoOfThoseStartedByHand(string kind)
    {
        using var file = new PeersFiles(kind);
        await using var app = AspireApp.ModelOf(file.Path);
        var observatory = Assert.IsType<ProjectResource>(Resource(app, ServiceNames.Observatory));
        Assert.Single(observatory.Annotations.OfType<HealthCheckAnnotation>());
        Assert.True(Assert.Single(observatory.Annotations.OfType<EndpointAnnotation>()).IsExternal);

        Assert.All(
            observatory.Annotations.OfType<ResourceRelationshipAnnotation>(),
            link => Assert.IsType<NatNetworkResource>(link.Resource));

        var environment = await EnvironmentOfAsync(app, observatory);
        Assert.Equal(
            file.Plan.Peers.Select(peer => $"services__peer-{peer.Id}__http__0").Order(),
            environment.Keys.Where(key => key.StartsWith("services__", StringComparison.Ordinal)).Order());
        Assert.Equal(file.Path, environment["Observatory__File"]);
        Assert.Same(environment["Observatory__Key"], (await EnvironmentOfAsync(
            app, AspireApp.PeersOf(app).First()))["Node__Key"]);
        Assert.Equal("false", environment["Observatory__Open"]);
        Assert.Matches("^[0-9a-f]{32}$", Assert.IsType<string>(environment["Observatory__Token"]));
    }

    private static DistributedApplicationModel Model(DistributedApplication app) =>
        app.Services.GetRequiredService<DistributedApplicationModel>();

    private static IResource Resource(DistributedApplication app, string name) =>
        Model(app).Resources.Single(resource => resource.Name == name);

    private static IEnumerable<string?> PropertiesOf(IResource resource) => SnapshotOf(resource).Properties
        .OrderBy(property => property.SortOrder)
        .Select(property => property.Value?.ToString());

    private static CustomResourceSnapshot SnapshotOf(IResource resource) =>
        resource.Annotations.OfType<ResourceSnapshotAnnotation>().Last().InitialSnapshot;

    private static IEnumerable<string> CommandsOf(IResource resource) =>
        resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Name)
            .Where(name => name is not ("start" or "stop" or "restart" or "rebuild"))
            .Order();

    private static async Task<Dictionary<string, object>> EnvironmentOfAsync(
        DistributedApplication app, ProjectResource resource)
    {
        var values = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(
            app.Services.GetRequiredService<DistributedApplicationExecutionContext>(), resource, values);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return values;
    }
}
