using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.PeerNode.Configuration;

/// <summary>
/// Reads <see cref="NodeOptions"/> from the <c>Node</c> section and reports everything wrong at once.
/// </summary>
public sealed class NodeOptionsReader
{
    private const string Section = "Node";

    private readonly IConfiguration _configuration;
    private readonly List<string> _errors = [];

    private NodeOptionsReader(IConfiguration configuration) => _configuration = configuration;

    public static NodeOptionsResult Read(IConfiguration configuration)
    {
        var reader = new NodeOptionsReader(configuration);
        var options = reader.Read();
        return reader._errors.Count == 0 ? new(options, []) : new(null, reader._errors);
    }

    private NodeOptions? Read()
    {
        var addresses = ReadAddressMode();
        var seed = ReadSeed();
        var transactionTraces = ReadTransactionTraces();
        var network = ReadNetwork();
        var id = Value("Id");
        if (id is null)
        {
            _errors.Add("Node:Id is missing: it names the peer of the file that this node is.");
        }

        if (network is null || id is null || addresses is not { } mode)
        {
            return null;
        }

        if (Placed(network, mode) is not { } placed)
        {
            return null;
        }

        if (!placed.TryGet(new PeerId(id), out var plan))
        {
            _errors.Add($"Node:Id: the file has no peer \"{id}\"; it has {Listed(placed)}.");
            return null;
        }

        var http = HttpEndpointReader.Read(_configuration, mode, plan.Info.Port, _errors);
        return new NodeOptions(
            placed, plan, mode, Value("Key"), seed, transactionTraces, P2pEndpoint(plan.Info, mode), http)
        {
            Observatory = Value("Observatory"),
            PrivateKey = PrivateKeyReader.Read(_configuration.GetSection(Section), placed, plan, _errors),
            Data = Value("Data") is { } data ? data : network.DataFolder(Value("File")!),
        };
    }

    private static string Listed(NetworkPlan network)
    {
        const int shown = 12;
        var ids = string.Join(", ", network.Peers.Take(shown).Select(peer => peer.Id.Value));
        return network.Peers.Count > shown ? $"{ids} and {network.Peers.Count - shown} more" : ids;
    }

    /// <summary>A peer whose address is not known in advance listens on every one that its machine has.</summary>
    private static IPEndPoint P2pEndpoint(PeerInfo info, AddressMode mode) => new(
        mode != AddressMode.Discovered && IPAddress.TryParse(info.Ip, out var ip) ? ip : IPAddress.Any, info.Port);

    private string? Value(string name) =>
        _configuration[$"{Section}:{name}"] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private AddressMode? ReadAddressMode()
    {
        var value = Value("Addresses");
        if (value is null)
        {
            return AddressMode.Own;
        }

        foreach (var mode in Enum.GetValues<AddressMode>())
        {
            if (string.Equals(mode.ToString(), value, StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        _errors.Add($"Node:Addresses is \"{value}\"; it must be Own, Single, File or Discovered.");
        return null;
    }

    private ulong ReadSeed()
    {
        var value = Value("Seed");
        if (value is null)
        {
            return BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        }

        if (!ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            _errors.Add($"Node:Seed is \"{value}\"; it must be a whole number from 0 to {ulong.MaxValue}.");
        }

        return seed;
    }

    private int ReadTransactionTraces()
    {
        const int usual = 20;
        if (Value("TransactionTraces") is not { } value)
        {
            return usual;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var perSecond))
        {
            _errors.Add($"Node:TransactionTraces is \"{value}\"; it must be a whole number per second, 0 for none.");
        }

        return perSecond;
    }

    private NetworkPlan? ReadNetwork()
    {
        var path = Value("File");
        if (path is null)
        {
            _errors.Add("Node:File is missing: it is the path of the network's peers.json.");
            return null;
        }

        var result = PeersFile.Load(path, File.ReadAllBytes);
        _errors.AddRange(result.Errors.Select(problem => $"Node:File {path}: {problem.Path}: {problem.Message}"));
        return result.Plan;
    }

    private NetworkPlan? Placed(NetworkPlan network, AddressMode mode)
    {
        try
        {
            return mode switch
            {
                AddressMode.Own => network.OnLoopback(),
                AddressMode.Single => network.OnSingleAddress(),
                _ => network,
            };
        }
        catch (InvalidOperationException e)
        {
            _errors.Add($"Node:Addresses: {e.Message}");
            return null;
        }
    }
}
