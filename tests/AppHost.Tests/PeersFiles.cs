using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>Networks of several kinds, each in a file that goes when it is disposed.</summary>
internal sealed class PeersFiles : IDisposable
{
    public const string Shipped = "shipped";
    public const string FlatWithManual = "flat, one by hand";
    public const string GroupWithoutGateway = "NAT group without gateway";
    public const string NetworkWithoutNat = "network without NAT";

    private static readonly Dictionary<string, string> Texts = new()
    {
        [FlatWithManual] = """
            { "peers": {
              "1": { "ip": "10.0.0.1", "port": 6001 }, "2": { "ip": "10.0.0.2", "port": 6002, "knows": ["1"] },
              "late": { "ip": "10.0.0.3", "port": 6003, "knows": ["2"], "start": "manual" } } }
            """,
        [GroupWithoutGateway] = """
            { "peers": {
              "1": { "ip": "10.0.0.1", "port": 6001, "nat": true, "localnetworkid": 4 },
              "2": { "ip": "10.0.0.2", "port": 6002, "nat": true, "localnetworkid": 4, "malicious": true },
              "3": { "ip": "10.0.0.3", "port": 6003 } } }
            """,
        [NetworkWithoutNat] = """
            { "peers": {
              "1": { "ip": "10.0.0.1", "port": 6001, "localnetworkid": 9, "light": true },
              "2": { "ip": "10.0.0.2", "port": 6002, "localnetworkid": 9 },
              "3": { "ip": "10.0.0.3", "port": 6003, "localnetworkid": 8 },
              "4": { "ip": "10.0.0.4", "port": 6004, "localnetworkid": 8, "nat": true } } }
            """,
    };

    public PeersFiles(string kind)
    {
        var text = kind == Shipped ? File.ReadAllText(
            System.IO.Path.Combine(AppContext.BaseDirectory, "peers.json")) : Texts[kind];
        Plan = PeersFile.Parse(text).Plan!;
        File.WriteAllText(Path, text);
    }

    public static TheoryData<string> Kinds => [Shipped, .. Texts.Keys];

    public NetworkPlan Plan { get; }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("blockchain-model-");

    public string Path => System.IO.Path.Combine(Folder.FullName, "peers.json");

    public IEnumerable<(PeerPlan From, PeerPlan To)> Pairs =>
        from one in Plan.Peers from other in Plan.Peers where one.Id != other.Id select (one, other);

    public void Dispose() => Folder.Delete(recursive: true);
}
