using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Sending;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>The parts of a peer without the peer, under a clock of the test's own.</summary>
internal sealed class ContextBench
{
    private int _messages;
    private double _capacity;

    public ContextBench(PeerSettings settings, IEnumerable<PeerInfo> known, ulong seed = 1, PeerInfo? self = null,
        PlannedLines? lines = null)
    {
        var plan = Make.Plan(self ?? Make.Info("self"), settings);
        Context = new PeerContext(
            plan, Transmitter, new PeerReports(plan.Id, Events, Events, new PeerCounters()), seed, lines: lines);
        foreach (var info in known)
        {
            Context.Table.Learn(TimeSpan.Zero, info, isPlanned: true);
        }

        Context.Outbox.Start(TimeSpan.Zero);
        _capacity = Outbox.Capacity;
    }

    public PeerContext Context { get; }

    public SendScheduler Outbox => Context.Outbox;

    public RecordingTransmitter Transmitter { get; } = new();

    public RecordingEvents Events { get; } = new();

    /// <summary>Each new capacity, and when it was drawn.</summary>
    public List<(TimeSpan At, double Capacity)> Capacities { get; } = [];

    public TimeSpan Now { get; private set; }

    public RemotePeer this[int index] => Context.Table.All[index];

    /// <summary>A message that no other one equals.</summary>
    public Message Message(MessageType type)
    {
        var id = Make.Id(_messages++);
        return type switch
        {
            MessageType.Hello => new Hello(Context.Self, id),
            MessageType.Ping => new Ping(Context.Self.Id, 0, id),
            MessageType.Pong => new Pong(Context.Self.Id, 0, id),
            MessageType.Relay => new Relay(
                Context.Self.Id, new PeerId("far"), new GetPeers(Context.Self.Id, id), id, default),
            MessageType.Tx => Make.Transaction($"tx{_messages}"),
            _ => new Inv(Context.Self.Id, [], id),
        };
    }

    public Message Send(RemotePeer target, MessageType type = MessageType.Inv)
    {
        var message = Message(type);
        Context.Send(Now, target, message);
        return message;
    }

    public void Fail(Transmission transmission) => Outbox.Failed(Now, transmission, DropReason.Unreachable);

    /// <summary>As a host does it: stops at each moment at which something is due.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (Context.Timers.NextDue <= end)
        {
            Now = Context.Timers.NextDue > Now ? Context.Timers.NextDue : Now;
            Context.Timers.RunDue(Now);
            if (Outbox.Capacity != _capacity)
            {
                _capacity = Outbox.Capacity;
                Capacities.Add((Now, _capacity));
            }
        }

        Now = end;
    }

    public void RunFor(TimeSpan time) => RunUntil(Now + time);
}
