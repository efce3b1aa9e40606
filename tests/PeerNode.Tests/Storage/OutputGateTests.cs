using Blockchain.PeerNode.Storage;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>The gate under a peer's own transmissions.</summary>
public sealed class OutputGateTests : ITransmitter, IPeerListener, IPeerStorage
{
    private readonly OutputGate _gate = new(new PeerId("self"));
    private readonly List<Message> _left = [];
    private readonly Peer _peer;
    private readonly PeerInfo _other = new(new PeerId("other"), "127.0.0.2", 5000, false, false, PeerInfo.NoNetwork);
    private long _told;
    private int _messages;

    public OutputGateTests()
    {
        var settings = PeerSettings.Unlimited with
        {
            TransactionInterval = TimeSpan.Zero,
            BlockInterval = TimeSpan.Zero,
            PingInterval = TimeSpan.Zero,
            SyncInterval = TimeSpan.Zero,
            Discovery = false,
        };
        var self = new PeerInfo(new PeerId("self"), "127.0.0.1", 5000, false, false, PeerInfo.NoNetwork);
        _peer = new Peer(
            new PeerPlan { Info = self, Settings = settings }, [_other], this, this, 1, storage: this);
        _peer.Start(TimeSpan.Zero);
    }

    [Fact]
    public void OwnBlock_NotStored_IsNotSpokenOfAndAllElseIs()
    {
        Mine();
        Receive(new GetBlockHeaders(_other.Id, [], Id()));
        Receive(new Ping(_other.Id, 1, Id()));

        Assert.IsType<Pong>(Assert.Single(_left));
        _gate.Open(_told, Leave);
        Assert.Equal([MessageType.Pong, MessageType.Inv, MessageType.BlockHeaders], _left.Select(one => one.Type));
        Assert.False(_gate.Holds(default, out _));
    }

    [Fact]
    public void TwoBlocks_FirstStored_OnlyTheSecondWaits()
    {
        Mine();
        Mine();
        _gate.Open(1, Leave);
        Assert.Equal([_peer.Ledger.Chain.AtHeight(1)!.Id], Announced());
        _gate.Open(2, Leave);
        Assert.Equal(_peer.Ledger.Chain.Nodes.Select(node => node.Id), Announced());
    }

    [Fact]
    public void Failing_OthersBlocks_AreLetGoAndOwnOnesWait()
    {
        var foreign = BlockFactory.Create(_other.Id, 1, Hash256.Genesis, []);
        Receive(foreign);
        Mine();
        Receive(new GetBlock(_other.Id, [foreign.Id], Id()));
        Assert.Empty(_left);

        _gate.IsFailing = true;
        _gate.ReleaseAll(Leave);
        Receive(new GetBlock(_other.Id, [foreign.Id], Id()));
        Receive(BlockFactory.Create(_other.Id, 2, foreign.Id, []));

        // The own one holds back what waits behind it, and nothing else.
        Assert.Equal([foreign.Id, foreign.Id], _left.Select(one => Assert.IsType<Block>(one).Id));
        _gate.IsFailing = false;
        _gate.Open(_told, Leave);
        Assert.Contains(_peer.Ledger.Chain.AtHeight(2)!.Id, Announced());
    }

    [Fact]
    public void Held_MoreThanThereIsRoomFor_FailsAsOnAFullQueue()
    {
        Mine();
        for (var i = 0; i < OutputGate.MaxHeld + 5; i++)
        {
            Receive(new GetBlock(_other.Id, [_peer.Ledger.Chain.Tip!.Id], Id()));
        }

        Assert.Equal(6, _refused);
        _gate.Open(_told, Leave);
        Assert.Equal(OutputGate.MaxHeld, _left.Count);
    }

    [Fact]
    public void WhenStored_IsSoonerThanNeverOnADiskThatFails()
    {
        Assert.True(_gate.WhenStored().IsCompleted);
        Mine();
        var stored = _gate.WhenStored();
        Assert.False(stored.IsCompleted);
        _gate.IsFailing = true;
        Assert.True(stored.IsCompleted);
        Assert.True(_gate.WhenStored().IsCompleted);
    }

    private int _refused;

    void ITransmitter.Transmit(in Transmission transmission)
    {
        if (!_gate.Holds(transmission, out var hasRoom))
        {
            Leave(transmission);
        }
        else if (!hasRoom)
        {
            _refused++;
        }
    }

    void IPeerListener.Happened(PeerEvent what)
    {
    }

    void IPeerStorage.Accepted(Shared.Chain.ChainNode node) => _gate.Close(node.Header, ++_told);

    void IPeerStorage.Blamed(Shared.Neighbours.Standing standing)
    {
    }

    private void Leave(Transmission transmission)
    {
        if (transmission.Message is not Hello)
        {
            _left.Add(transmission.Message);
        }
    }

    private void Mine() => Assert.NotNull(_peer.Apply(TimeSpan.FromSeconds(1 + _told), new Mine()).Block);

    private void Receive(Message message) => _peer.Receive(TimeSpan.FromSeconds(1), _other.Id, message);

    private MessageId Id() => new((UInt128)(++_messages) << 64);

    private IEnumerable<Hash256> Announced() => _left.OfType<Inv>().SelectMany(inventory => inventory.BlockIds);
}
