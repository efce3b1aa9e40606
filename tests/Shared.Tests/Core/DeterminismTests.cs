using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Core;

public class DeterminismTests
{
    private static readonly string[] Names = ["full", "light", "nated", "gate", "@10.1.2.3"];

    private static readonly PeerInfo[] Known =
    [
        Make.Info("full"), Make.Info("light", light: true), Make.Info("nated", nat: true, network: 1),
        Make.Info("gate", network: 1),
    ];

    /// <summary>Everything random is on, and everything happens often.</summary>
    private static readonly PeerSettings Lively = new()
    {
        TransactionInterval = TimeSpan.FromSeconds(1),
        BlockInterval = TimeSpan.FromSeconds(2),
        Capacity = new(2, 10),
        QueueLimit = 5,
    };

    private static readonly Gen<(int Kind, int Via, int Argument)[]> Inputs =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4], Gen.Int[0, 1_000]).Array[1, 60];

    [Fact]
    public void Peer_SameSeedAndInputs_DoesTheSameToTheByte() =>
        Gen.Select(Gen.ULong, Inputs).Sample((seed, inputs) =>
            Assert.Equal(Hash(Transcript(seed, inputs)), Hash(Transcript(seed, inputs))));

    [Fact]
    public void Peer_AnotherSeed_DoesSomethingElse() =>
        Gen.Select(Gen.ULong, Inputs).Sample((seed, inputs) =>
            Assert.NotEqual(Hash(Transcript(seed, inputs)), Hash(Transcript(seed + 1, inputs))));

    private static List<string> Transcript(ulong seed, (int Kind, int Via, int Argument)[] inputs)
    {
        var bench = new PeerBench(Lively, Known, seed: seed).Start();
        foreach (var (kind, via, argument) in inputs)
        {
            Apply(bench, kind, Names[via], argument);
        }

        bench.RunFor(30);
        return
        [
            .. bench.Events.Transcript,
            .. bench.Transmitter.All.Select(
                sent => $"{sent.Target} {sent.NextHop} {Transcripts.Describe(sent.Message)}"),
        ];
    }

    private static void Apply(PeerBench bench, int kind, string via, int argument)
    {
        var (id, self, block) = (new PeerId(via), bench.Peer.Info.Id, $"b{argument % 6}");
        switch (kind)
        {
            case 0:
                bench.Receive(via, Tx(argument % 20) with { HasValidId = argument % 10 > 0 });
                break;
            case 1:
                var parent = argument % 6 > 0 ? $"b{(argument % 6) - 1}" : null;
                bench.Receive(via, Make.Block(block, parent, argument % 9 > 0));
                break;
            case 2:
                bench.ReceiveInv(via, block, "other");
                break;
            case 3:
                bench.ReceiveGetBlock(via, block);
                break;
            case 4:
                bench.Receive(via, new Pong(id, bench.Now.TotalSeconds - (argument / 1e5), bench.NextId()));
                break;
            case 5:
                bench.Receive(via, new PeerList(id, [Make.Info($"new{argument % 3}")], bench.NextId()));
                break;
            case 6 when bench.Transmitter.All.Count > 0:
                bench.Peer.TransmitFailed(bench.Now, bench.Transmitter.All[argument % bench.Transmitter.All.Count]);
                break;
            case 7:
                var ping = new Ping(Known[2].Id, 1, bench.NextId());
                bench.Receive(
                    via, new Relay(Known[2].Id, argument % 2 > 0 ? self : id, ping, bench.NextId(), default));
                break;
            default:
                bench.RunFor(TimeSpan.FromMilliseconds(argument));
                break;
        }
    }

    private static Transaction Tx(int number) => TransactionFactory.Create("full", "gate", number, 1);

    private static string Hash(List<string> transcript) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', transcript))));
}
