using Blockchain.Launching;
using Blockchain.Launching.Guests;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Network;

public static class BlockchainNetworkExtensions
{
    private const int KeyLength = 32;

    /// <summary>A peer that hangs must not keep the states of the others from being followed for longer.</summary>
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Adds every peer of a file, and the networks that they belong to.</summary>
    /// <param name="file">A <c>peers.json</c>; a relative path starts at the folder of the AppHost.</param>
    /// <param name="data">The folder in which each peer keeps its file; null: as the network's file says.</param>
    /// <exception cref="RefusedException">The file cannot be read or is wrong; all problems at once.</exception>
    public static BlockchainNetwork AddBlockchainNetwork(
        this IDistributedApplicationBuilder builder, string file, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = Path.GetFullPath(file, builder.AppHostDirectory);
        var written = PlanReader.Read(path, Console.Error);
        written = written.WithData(data ?? written.DataFolder(path));
        var plan = builder.ExecutionContext.IsRunMode ? written.OnLoopback() : written;

        var keys = builder.ExecutionContext.IsRunMode ? KeysOf(plan, path) : null;
        if (plan.IsSigned && keys is null)
        {
            throw new AppHost.RefusedException(
                $"error: {path}: a network with \"identity\": \"signed\" cannot be published, since nothing brings "
                + "the private keys to the containers; remove \"identity\" from the file");
        }

        var programs = plan.Peers.Where(peer => peer.Program is not null).Select(peer => peer.Id).ToArray();
        if (programs.Length > 0 && !builder.ExecutionContext.IsRunMode)
        {
            throw new AppHost.RefusedException(
                $"error: {path}: {string.Join(", ", programs)}: a program of somebody else cannot be published, since "
                + "there is no image of it");
        }

        var key = builder.AddParameter(
            Names.ControlKey, new GenerateParameterDefault { MinLength = KeyLength, Special = false }, secret: true);
        var networks = plan.Peers
            .Select(peer => peer.Info.NetworkId)
            .Distinct()
            .Order()
            .Select(id => builder.AddNatNetwork(id, plan.Groups.FirstOrDefault(group => group.NetworkId == id)))
            .ToArray();
        var plain = programs.Length > 0 ? new PlainFile(plan) : null;
        var peers = new Dictionary<PeerId, IResourceBuilder<ProjectResource>>();
        var others = new Dictionary<PeerId, IResourceBuilder<ExecutableResource>>();
        foreach (var peer in plan.Peers)
        {
            var parent = networks.Single(network => network.Resource.NetworkId == peer.Info.NetworkId);
            if (peer.Program is null)
            {
                peers.Add(peer.Id, builder.AddPeer(peer, plan.HttpPort(peer.Id), parent));
            }
            else
            {
                others.Add(peer.Id, builder.AddProgram(peer, plain!.Path, parent));
            }
        }

        var network = new BlockchainNetwork(builder, plan, keys?.File ?? path, key, networks, peers)
        {
            Keys = keys,
            Programs = others,
            Plain = plain,
        };
        foreach (var peer in peers.Values)
        {
            peer.WithConfigurationOf(network);
        }

        builder.Services.AddSingleton(network);
        builder.Services.AddHttpClient<PeerControl>(http => http.Timeout = AnswerDeadline).RemoveAllLoggers();
        builder.Services.AddSingleton<NetworkMonitor>();
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<NetworkMonitor>());
            builder.Services.AddHostedService<PeerWatch>();
            if (plan.Restarts)
            {
                builder.Services.AddHostedService<PeerRestarts>();
            }
        }

        return network;
    }

    private static RunKeys KeysOf(NetworkPlan plan, string path)
    {
        try
        {
            return RunKeys.For(plan, path);
        }
        catch (Exception problem) when (problem is Launching.RefusedException or IOException)
        {
            throw new AppHost.RefusedException(problem.Message);
        }
    }
}
