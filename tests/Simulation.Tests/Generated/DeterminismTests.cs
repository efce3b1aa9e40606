using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;
using Blockchain.Simulation.Tests.Networks;

namespace Blockchain.Simulation.Tests.Generated;

/// <summary>The same configuration: the same events, byte for byte, in every process and on every machine.</summary>
public class DeterminismTests
{
    private static readonly SimulationConfig Generated = new()
    {
        Network = new GeneratedNetwork
        {
            Shape = NetworkShape.SimBlock2019,
            Peers = 60,
            LightShare = 0.1,
            NatShare = 0.2,
            NatGroupSize = 4,
            MaliciousShare = 0.05,
            Loss = 0.01,
            Settings = GeneratedNetwork.QuietPeers with { SyncInterval = TimeSpan.FromSeconds(30) },
        },
        Seed = 7,
        Workload = new WorkloadConfig
        {
            BlockInterval = TimeSpan.FromSeconds(20),
            TransactionInterval = TimeSpan.FromSeconds(2),
            MakerSpread = 0.25,
        },
        Stop = new StopCondition { Duration = TimeSpan.FromMinutes(5), Settle = TimeSpan.FromMinutes(3) },
        Faults =
        [
            new Partition(TimeSpan.FromSeconds(60), PeerChoice.ShareOf(0.4)),
            new Heal(TimeSpan.FromSeconds(120)),
            new Churn(
                TimeSpan.FromSeconds(130), PeerChoice.ShareOf(0.2), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(20))
            {
                For = TimeSpan.FromSeconds(150),
            },
            new Join(TimeSpan.FromSeconds(90), PeerChoice.Of("7", "8")),
            new Conditions(TimeSpan.FromSeconds(150), PeerChoice.All, Loss: 0.5) { For = TimeSpan.FromSeconds(20) },
            new CutOff(TimeSpan.FromSeconds(180), 1),
            new CutOff(TimeSpan.FromSeconds(200), 1, Value: false),
            new Kill(TimeSpan.FromSeconds(210), PeerChoice.Of("9", "10")),
            new Start(TimeSpan.FromSeconds(225), PeerChoice.Of("9")),
            new Pause(TimeSpan.FromSeconds(230), PeerChoice.ShareOf(0.1)) { For = TimeSpan.FromSeconds(10) },
            new Resume(TimeSpan.FromSeconds(236), PeerChoice.All),
            new Behave(TimeSpan.FromSeconds(250), PeerChoice.Of("11")),
            new MineBlocks(TimeSpan.FromSeconds(252), PeerChoice.Of("12"), Count: 2),
            new SendTransactions(TimeSpan.FromSeconds(253), PeerChoice.Of("13"), Count: 3),
            new Leave(TimeSpan.FromSeconds(255), PeerChoice.Of("14")) { For = TimeSpan.FromSeconds(5) },
            new Restart(TimeSpan.FromSeconds(256), PeerChoice.Of("15")),
            new Load(TimeSpan.FromSeconds(260), PeerChoice.Of("16"), 5) { For = TimeSpan.FromSeconds(5) },
            new Generate(TimeSpan.FromSeconds(270), PeerChoice.Of("17"), true),
        ],
    };

    private static SimulationConfig Planned => new()
    {
        Network = new PlannedNetwork(Shipped.Plan()),
        Stop = new StopCondition { Duration = TimeSpan.FromMinutes(2) },
    };

    [Fact]
    public void Generated_WithFaultsOfEveryKind_HasTheEventsItAlwaysHad() =>
        Assert.Equal("e7c0312840ca5ef2", HashOf(Generated));

    [Fact]
    public void Generated_HasAFaultOfEveryKind() => Assert.Equal(
        typeof(Act).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Act)) && !type.IsAbstract)
            .Select(type => type.Name).Order(),
        Generated.Faults.Select(fault => fault.GetType().Name).Distinct().Order());

    [Fact]
    public void Planned_ShippedNetwork_HasTheEventsItAlwaysHad() =>
        Assert.Equal("288bab6e6d03a601", HashOf(Planned));

    [Fact]
    public void Generated_OtherSeed_HasOtherEvents() =>
        Assert.NotEqual(HashOf(Generated), HashOf(Generated with { Seed = 8 }));

    [Fact]
    public void Result_ConfigurationWrittenAndReadAgain_IsTheSame()
    {
        var again = SimulationJson.Read(SimulationJson.Write(Planned));
        Assert.Equal(HashOf(Planned), HashOf(again));
    }

    private static string HashOf(SimulationConfig config)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        new SimulationRun(config, peer => new Log(peer, hash)).Run(cancellation: TestContext.Current.CancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private sealed class Log(SimulatedPeer peer, IncrementalHash hash) : ISimulatedPeerObserver
    {
        public void Sent(TimeSpan now, PeerId nextHop, Message message) =>
            Write(now, $"sent {nextHop} {message.Type} {message.Key}");

        public void Received(TimeSpan now, PeerId via, Message message) =>
            Write(now, $"received {via} {message.Type} {message.Key}");

        public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId other) =>
            Write(now, $"dropped {type} {reason} {other}");

        public void Happened(PeerEvent what)
        {
            switch (what)
            {
                case BlockMade made:
                    Write(what.Time, $"made {made.Block}");
                    break;
                case BlockAccepted accepted:
                    Write(what.Time, $"accepted {accepted.Block} {accepted.Via}");
                    break;
                case TransactionMade made:
                    Write(what.Time, $"paid {made.Transaction}");
                    break;
                case NeighbourBanned banned:
                    Write(what.Time, $"banned {banned.Other}");
                    break;
            }
        }

        private void Write(TimeSpan now, FormattableString what) => hash.AppendData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture,
                $"{now.Ticks} {peer.Id} {what.ToString(CultureInfo.InvariantCulture)}\n")));
    }
}
