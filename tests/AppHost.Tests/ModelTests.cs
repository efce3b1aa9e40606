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

            var parent = Assert.Single(peer.Annotations.OfType<ResourceRelationshipAnnotation>(), link => link.Type == "Parent");
            Assert.Equal(
                planned.Info.NetworkId, Assert.IsType<NatNetworkResource>(parent.Resource).NetworkId);
        }
    }

    [Theory]
    [MemberData(nameof(PeersFiles.Kinds), MemberType = typeof(PeersFiles))]
    public async Task EveryPeer_InTheModel_RefersToThePeersThatItKnows(string kind)
    {
        using var file = new PeersFiles(kind);
        await using var app = AspireApp.ModelOf(file.Path);
        foreach (var peer in AspireApp.PeersOf(app))
        {
            var plan = PeerAnnotation.Of(peer)!.Plan;
            var known = file.Plan.KnownBy(plan.Id).Select(other => $"peer-{other.Id}").Order().ToArray();
            var references = peer.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Where(link => link.Type == "Reference" && link.Resource is ProjectResource)
                .Select(link => link.Resource.Name)
                .Distinct()
                .Order();
            Assert.Equal(known, references);

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
    public async Task ShippedNetwork_InTheModel_ShowsRolesGatewaysAndCommands()
    {
        using var file = new PeersFiles(PeersFiles.Shipped);
        await using var app = AspireApp.ModelOf(file.Path);

        Assert.Equal(
            ["full", "behind NAT", "network-1", "honest", "active"], PropertiesOf(Resource(app, "peer-5002")));
        Assert.Equal(
            ["light", "public, gateway", "network-1", "honest", "active"], PropertiesOf(Resource(app, "peer-5000")));
        Assert.Equal(
            ["full", "public", "network-public", "malicious", "active"], PropertiesOf(Resource(app, "peer-5004")));
        Assert.Equal(
            ["mine", "pause", "resume", "transaction", "turn-honest", "turn-malicious"], CommandsOf(Resource(app, "peer-5002")));

        var network = Assert.IsType<NatNetworkResource>(Resource(app, "network-1"));
        Assert.Equal(["peer-5000", "peer-5001", "peer-5002", "peer-5003"], network.Peers.Select(peer => peer.Name));
        Assert.Equal(["5000", "5001"], network.Group!.Gateways.Select(gateway => gateway.Value));
        Assert.Equal(["heal", "partition"], CommandsOf(network));
        Assert.Equal(
            ["network-1", "network-2", "network-public"],
            Model(app).Resources.OfType<NatNetworkResource>().Select(resource => resource.Name).Order());
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

        var environment = await EnvironmentOfAsync(app, observatory);
        Assert.Equal(
            file.Plan.Peers.Select(peer => $"services__peer-{peer.Id}__http__0").Order(),
            environment.Keys.Where(key => key.StartsWith("services__", StringComparison.Ordinal)).Order());
        Assert.Equal(file.Path, environment["Observatory__File"]);
        Assert.Same(environment["Observatory__Key"], (await EnvironmentOfAsync(app, AspireApp.PeersOf(app).First()))["Node__Key"]);
    }

    private static DistributedApplicationModel Model(DistributedApplication app) =>
        app.Services.GetRequiredService<DistributedApplicationModel>();

    private static IResource Resource(DistributedApplication app, string name) =>
        Model(app).Resources.Single(resource => resource.Name == name);

    private static IEnumerable<string?> PropertiesOf(IResource resource) =>
        resource.Annotations.OfType<ResourceSnapshotAnnotation>().Last().InitialSnapshot.Properties
            .Select(property => property.Value as string);

    private static IEnumerable<string> CommandsOf(IResource resource) =>
        resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Name)
            .Where(name => name is not ("start" or "stop" or "restart" or "rebuild"))
            .Order();

    private static async Task<Dictionary<string, object>> EnvironmentOfAsync(DistributedApplication app, ProjectResource resource)
    {
        var values = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(
            app.Services.GetRequiredService<DistributedApplicationExecutionContext>(), resource, values);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await callback.Callback(context);
        return values;
    }
}
