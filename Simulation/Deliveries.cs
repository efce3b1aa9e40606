using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Engine;
using Blockchain.Simulation.Invariants;
using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation;

/// <summary>
/// The network between the peers: carries what they transmit over links that lose and delay it, and hands it to the
/// receiver as a node's transport would.
/// </summary>
internal sealed class Deliveries(SimulationRun run, EventQueue queue, BuiltNetwork network, Checker checker)
{
    private readonly LinkTable _links = new(run.Config.Seed, network.Peers.Sum(peer => peer.Known.Count));

    /// <summary>What is being delivered, while somebody wants to know where blocks come from.</summary>
    public Message? Current { get; private set; }

    /// <summary>All links of the run.</summary>
    public LinkTable Links => _links;

    /// <summary>What is known of the line between two peers before anything has gone over it.</summary>
    public GraphEdge EdgeOf(SimulatedPeer from, SimulatedPeer to)
    {
        if (network.Links.FiguresOf(from, to) is { } figures)
        {
            return figures;
        }

        var (conditions, bandwidth) = run.LinesOf(from.Plan)?.To(to.Id) ?? (from.Plan.Settings.Conditions, 0);
        return new GraphEdge(from, to, conditions.TypicalLatency, bandwidth, conditions.Loss);
    }

    public void Carry(SimulatedPeer from, in Transmission transmission)
    {
        var number = LinkOf(from, transmission.Hop);
        ref var link = ref _links[number];
        _links.PrefetchAfter(number);
        var message = transmission.Message;
        if (link.To is not { } to || !from.Core.Admits(transmission.Hop))
        {
            run.Statistics.Sent(message.Type, network.Links.BytesOf(message));
            queue.Add(run.Now.Ticks, SimulationEvent.Fail(number, transmission));
            return;
        }

        var bytes = network.Links.BytesOf(message, from.Line, to.Line);
        run.Statistics.Sent(message.Type, bytes);
        if (network.Links.Loses(ref link))
        {
            run.Statistics.Lost(message.Type);
            from.Core.Tracer?.Lost(run.Now, transmission);
            return;
        }

        var arrival = network.Links.Arrival(run.Now.Ticks, ref link, from.Line, message, bytes, out var landing);
        queue.Add(arrival, network.Links.IsCompact(message, from.Line, to.Line)
            ? SimulationEvent.DeliverCompact(number, landing, transmission)
            : SimulationEvent.Deliver(number, landing, transmission));
    }

    public void Deliver(in SimulationEvent delivery)
    {
        ref var link = ref _links[delivery.Number];
        var to = link.To!;
        if (!to.IsRunning)
        {
            Fail(link.From, delivery.Transmission);
            return;
        }

        if (delivery.Bytes > 0
            && LinkModel.Landing(run.Now.Ticks, to.Line, delivery.Bytes) is var landing && landing > run.Now.Ticks)
        {
            queue.Add(landing, delivery.Landed());
            return;
        }

        if (delivery.Kind == EventKind.DeliverCompact && LinkModel.LacksTransactions(ref link, to.Line))
        {
            var arrival = network.Links.RequestArrival(run.Now.Ticks, ref link, link.From.Line, to.Line);
            queue.Add(arrival, SimulationEvent.Complete(delivery.Number, delivery.Transmission));
            return;
        }

        var message = delivery.Message;
        if (link.IsWatched)
        {
            checker.Delivery(link.From, to, message);
        }

        if (link.Via is not { IsForgotten: false } || link.Life != to.Lives)
        {
            Identify(ref link, to, message);
        }

        Current = run.Arrived is null ? null : message;
        if (link.Via is { } via)
        {
            if (!to.Core.Admits(via))
            {
                Fail(link.From, delivery.Transmission);
                return;
            }

            to.Core.Receive(run.Now, via, message, Judge(to, message));
        }
        else
        {
            ReceiveFromStranger(link.From, to, delivery.Transmission);
        }

        run.PlanWake(to);
    }

    /// <summary>
    /// The sender of a compact block gives what its receiver lacks: in the model, a share of the block. Only now does it take
    /// its turn on the sender's line.
    /// </summary>
    public void Complete(in SimulationEvent request)
    {
        ref var link = ref _links[request.Number];
        if (!link.From.IsRunning)
        {
            return;
        }

        var message = request.Message;
        var bytes = network.Links.RepairBytesOf(message);
        run.Statistics.Completed(message.Type, bytes);
        if (network.Links.Loses(ref link))
        {
            run.Statistics.Lost(message.Type);
            link.From.Core.Tracer?.Lost(run.Now, request.Transmission);
            return;
        }

        var arrival = network.Links.Arrival(run.Now.Ticks, ref link, link.From.Line, message, bytes, out var landing);
        queue.Add(arrival, SimulationEvent.Deliver(request.Number, landing, request.Transmission));
    }

    private void ReceiveFromStranger(SimulatedPeer from, SimulatedPeer to, in Transmission transmission)
    {
        var stranger = to.Core.Identify(from.Plan.Info.Ip);
        if (!to.Core.Admits(from.Id))
        {
            Fail(from, transmission);
            return;
        }

        to.Core.Receive(run.Now, stranger, transmission.Message, Judge(to, transmission.Message));
    }

    private Verdict Judge(SimulatedPeer to, Message message) =>
        run.Signatures is { } signatures ? signatures.Judge(to, message) : Verdict.Proven;

    /// <summary>
    /// As a node does: by the address that the connection comes from, or by what the sender says first.
    /// </summary>
    private void Identify(ref Link link, SimulatedPeer to, Message message)
    {
        var address = link.From.Plan.Info.Ip;
        var via = to.Core.Identify(address);
        if (via.IsStranger && message is Hello hello)
        {
            via = to.Core.Identify(run.Now, address, hello);
        }

        if (run.Signatures is { } signatures)
        {
            // Nobody in a simulation has the key of another.
            via = to.Core.Identify(run.Now, link.From.Id);
            signatures.Handshake();
        }

        link.Via = to.Core.Table.Find(via);
        link.Life = to.Lives;
    }

    private void Fail(SimulatedPeer from, in Transmission transmission)
    {
        if (from.IsRunning)
        {
            from.Core.TransmitFailed(run.Now, transmission);
            run.PlanWake(from);
        }
    }

    private int LinkOf(SimulatedPeer from, RemotePeer hop)
    {
        if (hop.HostTag == 0)
        {
            var to = run.Find(hop.Id);
            hop.HostTag = _links.NumberOf(from, to, out var isNew);
            if (isNew && to is not null)
            {
                ref var link = ref _links[hop.HostTag];
                network.Links.Prepare(ref link, from.Line, to.Line);
                link.IsWatched = checker.Watches(from, to);
            }
        }

        return hop.HostTag;
    }

    /// <summary>A message that could not leave is known to its sender.</summary>
    public void Fail(in SimulationEvent failure) => Fail(_links[failure.Number].From, failure.Transmission);
}
