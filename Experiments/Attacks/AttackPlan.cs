using System.Globalization;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Experiments.Attacks;

/// <summary>
/// The network that is attacked: the peers of a file, ten more that are the attackers, and three that watch. The
/// launcher starts only the first.
/// </summary>
internal sealed class AttackPlan
{
    private const int FirstPeer = 10;
    private const int FirstObserver = 60;
    private const int FirstMalicious = 70;
    private const int Outside = 90;
    private const int FirstNewcomer = 100;
    private const int FirstStranger = 150;

    private const int MaliciousPeers = 10;
    private const int Newcomers = 20;
    private const int Strangers = 30;

    /// <summary>Blocks come twice as often as usual, or a short attack would meet too few of them.</summary>
    private static readonly TimeSpan BlockInterval = TimeSpan.FromSeconds(10);

    private static readonly int[] Networks = [PeerInfo.NoNetwork, 1, 2];

    private readonly HashSet<PeerId> _honest;

    /// <param name="roles">Malicious peers stand in the file only if they attack: they are not usual.</param>
    public AttackPlan(NetworkPlan file, Roles roles)
    {
        var malicious = roles.HasFlag(Roles.Peers) ? MaliciousPeers : 0;
        var host = FirstPeer;
        var running = file.Peers
            .Select(peer => peer with { Info = peer.Info with { Ip = Address(host++) }, ManualStart = false })
            .ToArray();
        _honest = [.. running.Where(peer => peer.IsHonest).Select(peer => peer.Id)];

        // Behind NAT, so that they are nobody's gateways; light, so that nobody asks them for blocks.
        var observers = Networks.Select((network, i) => Extra(
            $"observer-{i}", FirstObserver + i, network, nat: network != PeerInfo.NoNetwork, light: true));
        var attackers = Enumerable.Range(0, malicious).Select(i => Extra(
            $"malicious-{i}", FirstMalicious + i, Networks[i % Networks.Length], nat: false, light: false));
        Network = FreePorts.Assign(new NetworkPlan([.. running, .. observers, .. attackers], file.Defaults)
            .WithSettings(settings => settings with { BlockInterval = BlockInterval }));

        var all = Network.Peers.ToArray();
        Running = all[..running.Length];
        Observers = all[running.Length..(running.Length + Networks.Length)];
        Attackers =
        [
            .. all[(running.Length + Networks.Length)..].Select(peer => new Attacker(Roles.Peers, peer.Info)),
            .. Enumerable.Range(0, Newcomers).Select(i => Unplanned(Roles.Newcomers, "newcomer", FirstNewcomer, i)),
            .. Enumerable.Range(0, Strangers).Select(i => Unplanned(Roles.Strangers, "stranger", FirstStranger, i)),
        ];

        PeerPlan Extra(string id, int place, int network, bool nat, bool light) => new()
        {
            Info = new PeerInfo(new PeerId(id), Address(place), 1, nat, light, network),
            Settings = file.Defaults,
            ManualStart = true,
        };
    }

    public NetworkPlan Network { get; }

    /// <summary>Those that the launcher starts.</summary>
    public IReadOnlyList<PeerPlan> Running { get; }

    /// <summary>Honest planned peers that measure: one outside of all networks, one behind NAT in each.</summary>
    public IReadOnlyList<PeerPlan> Observers { get; }

    public IReadOnlyList<Attacker> Attackers { get; }

    /// <summary>
    /// An honest peer that stands in no file and comes during an attack; the attackers know its name before it comes.
    /// </summary>
    public static PeerInfo Outsider { get; } =
        new(new PeerId("outsider"), Address(Outside), 4_000, Nat: false, Light: true, PeerInfo.NoNetwork);

    /// <summary>Among those that run.</summary>
    public bool IsHonest(PeerId id) => _honest.Contains(id);

    /// <summary>An address that nobody has, for names that are made up.</summary>
    public static string Nowhere(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"127.77.{i / 250 % 250}.{1 + (i % 250)}");

    private static Attacker Unplanned(Roles role, string name, int place, int i) => new(
        role,
        new PeerInfo(
            new PeerId($"{name}-{i}"), Address(place + i), 4_000, Nat: false, Light: false, PeerInfo.NoNetwork));

    // A network 127.a.b.0 for each process, so that runs beside each other do not meet.
    private static string Address(int host) => string.Create(
        CultureInfo.InvariantCulture,
        $"127.{200 + (Environment.ProcessId % 50)}.{Environment.ProcessId / 50 % 256}.{host}");
}
