using Blockchain.Shared.Guests;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>One peer under a clock of the test's own, with a record of all that it does.</summary>
internal sealed class PeerBench
{
    private int _messages = 1_000_000;

    public PeerBench(
        PeerSettings settings,
        IEnumerable<PeerInfo> known,
        PeerInfo? self = null,
        ulong seed = 1,
        string behaviour = Behaviours.Honest,
        Safeguards? safeguards = null,
        GuestNode? guest = null)
    {
        var plan = Make.Plan(self ?? Make.Info("self"), settings) with { Behaviour = behaviour };
        Peer = new Peer(plan, known, Transmitter, Events, seed, Events, safeguards: safeguards, guest: guest);
    }

    public Peer Peer { get; }

    public RecordingTransmitter Transmitter { get; } = new();

    public RecordingEvents Events { get; } = new();

    public TimeSpan Now { get; private set; }

    public PeerBench Start()
    {
        Peer.Start(Now);
        return this;
    }

    public MessageId NextId() => Make.Id(_messages++);

    public RemotePeer Remote(string id) => Peer.Table.Find(new PeerId(id))!;

    public void Receive(string via, Message message) => Peer.Receive(Now, new PeerId(via), message);

    public void ReceiveInv(string via, params string[] blocks) =>
        Receive(via, new Inv(new PeerId(via), [.. blocks.Select(Make.Hash)], NextId()));

    public void ReceiveGetBlock(string via, params string[] blocks) =>
        Receive(via, new GetBlock(new PeerId(via), [.. blocks.Select(Make.Hash)], NextId()));

    public void ReceiveHeaders(string via, params BlockHeader[] headers) =>
        Receive(via, new BlockHeaders(new PeerId(via), headers, NextId()));

    public void ReceiveHello(string via, PeerInfo info) => Receive(via, new Hello(info, NextId()));

    /// <summary>The answer to the last PING that went to this peer.</summary>
    public void ReceivePong(string via) =>
        Receive(via, new Pong(new PeerId(via), Sent<Ping>(via)[^1].Message.Timestamp, NextId()));

    public IReadOnlyList<(TimeSpan At, string To, T Message)> Sent<T>(string? to = null)
        where T : Message =>
    [
        .. Events.Sents.Where(sent => sent.Message is T && (to is null || sent.To.Value == to))
            .Select(sent => (sent.At, sent.To.Value, (T)sent.Message)),
    ];

    public void RunUntil(TimeSpan end)
    {
        while (Peer.NextDue <= end)
        {
            Now = Peer.NextDue > Now ? Peer.NextDue : Now;
            Peer.Advance(Now);
        }

        Now = end;
    }

    public void RunFor(TimeSpan time) => RunUntil(Now + time);

    public void RunFor(double seconds) => RunFor(TimeSpan.FromSeconds(seconds));
}
