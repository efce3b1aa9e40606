using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Spreading;

public class HeaderWitnessesTests
{
    private static readonly PeerInfo Light = Make.Info("self", light: true);
    private static readonly PeerInfo[] Full = [Make.Info("a"), Make.Info("b"), Make.Info("liar")];
    private static readonly BlockHeader True = Make.Header("x");
    private static readonly BlockHeader False = True with { Sender = new PeerId("liar") };

    private readonly PeerBench _bench = new(Make.Quiet, Full, Light);

    [Fact]
    public void Header_OneWitness_IsNotBelievedButAskedFor()
    {
        _bench.ReceiveHeaders("a", True);
        Assert.Empty(_bench.Events.AcceptedBlocks);
        Assert.NotEqual("a", Assert.Single(_bench.Sent<GetBlock>()).To);
    }

    [Fact]
    public void Header_TwoWitnesses_IsBelieved()
    {
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("a", True);
        Assert.Empty(_bench.Events.AcceptedBlocks);
        _bench.ReceiveHeaders("b", True);
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Inv_AtALightPeer_AsksForTheHeader()
    {
        _bench.ReceiveInv("a", "x");
        Assert.Equal([True.Id], Assert.Single(_bench.Sent<GetBlock>("a")).Message.BlockIds);
        Assert.Empty(_bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Header_OnlyOneFullPeerKnown_SufficesAlone()
    {
        var bench = new PeerBench(Make.Quiet, [Make.Info("a"), Make.Info("other", light: true)], Light);
        bench.ReceiveHeaders("a", True);
        Assert.Equal([True.Id], bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Header_FalseOneFirst_TheTrueOneIsBelieved()
    {
        _bench.ReceiveHeaders("liar", False);
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("b", True);
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    [Fact]
    public void Header_FalseOneOfAnAnnouncedBlock_IsNotBelieved()
    {
        _bench.ReceiveInv("a", "x");
        _bench.ReceiveInv("b", "x");
        _bench.ReceiveHeaders("liar", False);
        _bench.ReceiveHeaders("a", True);
        _bench.ReceiveHeaders("b", True);
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }

    /// <summary>The liar speaks when and as often as it likes, of the true id or one that it made up.</summary>
    [Fact]
    public void Header_RandomOrderOfInvsAndHeaders_NoneOfTheLiarIsBelieved() =>
        Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 2]).Array[1, 20].Sample(statements =>
        {
            var bench = new PeerBench(Make.Quiet, Full, Light);
            var givers = new HashSet<int>();
            foreach (var (peer, isInv, block) in statements)
            {
                var header = peer == 2
                    ? Make.Header($"{block}") with { Timestamp = 99 + givers.Count }
                    : Make.Header("0");
                if (isInv)
                {
                    bench.Receive(Full[peer].Id.Value, new Inv(Full[peer].Id, [header.Id], bench.NextId()));
                    continue;
                }

                bench.ReceiveHeaders(Full[peer].Id.Value, header);
                givers.Add(peer);
            }

            Assert.All(bench.Events.AcceptedBlocks, id => Assert.Equal(Make.Header("0").Id, id));
            if (givers.Contains(0) && givers.Contains(1))
            {
                Assert.Single(bench.Events.AcceptedBlocks);
            }
        });

    [Fact]
    public void Block_WithItsId_NeedsNoWitness()
    {
        _bench.Receive("a", Make.Block("x"));
        Assert.Equal([True.Id], _bench.Events.AcceptedBlocks);
    }
}
