using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Engine;
using Blockchain.Simulation.Results;

namespace Blockchain.Simulation;

/// <content>What happens: the peers are woken, their messages carried, their blocks recorded.</content>
public sealed partial class SimulationRun
{
    private readonly List<BlockRecord> _blocks = [];
    private readonly Dictionary<Hash256, BlockRecord> _blocksById = [];
    private int _falseBlocks;

    internal IReadOnlyList<BlockRecord> Blocks => _blocks;

    /// <summary>Sees to it that the peer is called when it next has something to do.</summary>
    internal void PlanWake(SimulatedPeer peer)
    {
        var due = peer.Core.NextDue.Ticks;
        if (due < peer.WakesAt)
        {
            peer.WakesAt = due;
            _queue.Add(due, SimulationEvent.Wake(peer.Index, peer.Lives));
        }
    }

    internal void Carry(SimulatedPeer from, in Transmission transmission)
    {
        var number = LinkOf(from, transmission.Hop);
        ref var link = ref _links[number];
        _links.PrefetchAfter(number);
        var message = transmission.Message;
        var bytes = _model.BytesOf(message);
        Statistics.Sent(message.Type, bytes);
        if (link.To is not { } to || !from.Core.Admits(transmission.Hop))
        {
            _queue.Add(Now.Ticks, SimulationEvent.Fail(number, transmission));
        }
        else if (_model.Loses(ref link, _lossBurst))
        {
            Statistics.Lost(message.Type);
        }
        else
        {
            var arrival = _model.Arrival(Now.Ticks, ref link, from, to, message, bytes, out var landing);
            _queue.Add(arrival, SimulationEvent.Deliver(number, landing, transmission));
        }
    }

    /// <summary>An event of a peer, after its observer has heard of it.</summary>
    internal void Happened(SimulatedPeer peer, PeerEvent what)
    {
        switch (what)
        {
            case BlockAccepted accepted:
                OnAccepted(peer, accepted);
                break;
            case BlockMade made:
                OnMade(peer, made);
                break;
            case TransactionMade:
                Statistics.TransactionMade();
                break;
            case ChainReorganised change:
                Statistics.Reorganised(change.Depth);
                break;
            case NeighbourBanned banned:
                Statistics.Bans++;
                if (_byId.TryGetValue(banned.Other, out var other))
                {
                    _checker.Banned(peer, other);
                }

                break;
        }
    }

    private void OnMade(SimulatedPeer maker, BlockMade made)
    {
        if (made.IsFalse)
        {
            maker.IsHonest = false;
            _falseBlocks++;
            return;
        }

        var height = (maker.Core.Ledger.Chain.Tip?.Height ?? 0) + 1;
        var record = new BlockRecord(made, maker, Elapsed, height, _peers);
        _blocks.Add(record);
        _blocksById.Add(made.Block, record);
        if (_blocks.Count == Config.Stop.Blocks)
        {
            // The maker is still at it; the others end when it is done.
            At(Now, StopGeneration);
        }
    }

    private void OnAccepted(SimulatedPeer peer, BlockAccepted accepted)
    {
        if (_blocksById.TryGetValue(accepted.Block, out var record))
        {
            record.Arrived(peer.Index, Elapsed);
        }

        _checker.Accepted(peer, accepted.Block);
    }

    private void Process()
    {
        var next = _queue.Take(out var time);
        PrepareNext();
        Now = new TimeSpan(time);
        Events++;
        switch (next.Kind)
        {
            case EventKind.Wake:
                Wake(_peers[next.Number], next.Life, time);
                break;
            case EventKind.Deliver:
                Deliver(next);
                break;
            case EventKind.Fail:
                Fail(_links[next.Number].From, next.Transmission);
                break;
            default:
                next.Action!();
                break;
        }
    }

    private void Wake(SimulatedPeer peer, int life, long time)
    {
        // An earlier appointment may have been made since; that one counts.
        if (!peer.IsRunning || life != peer.Lives || time != peer.WakesAt)
        {
            return;
        }

        peer.WakesAt = long.MaxValue;
        peer.Core.Advance(Now);
        PlanWake(peer);
    }

    private void Deliver(in SimulationEvent delivery)
    {
        ref var link = ref _links[delivery.Number];
        var to = link.To!;
        if (!to.IsRunning || (_sides > 0 && to.Side != link.From.Side))
        {
            Fail(link.From, delivery.Transmission);
            return;
        }

        if (delivery.Bytes > 0
            && LinkModel.Landing(Now.Ticks, to.Line, delivery.Bytes) is var landing && landing > Now.Ticks)
        {
            _queue.Add(landing, delivery.Landed());
            return;
        }

        var message = delivery.Message;
        if (link.IsWatched)
        {
            _checker.Delivery(link.From, to, message);
        }

        if (link.Via is not { IsForgotten: false } || link.Life != to.Lives)
        {
            Identify(ref link, to, message);
        }

        if (link.Via is { } via)
        {
            if (!to.Core.Admits(via))
            {
                Fail(link.From, delivery.Transmission);
                return;
            }

            to.Core.Receive(Now, via, message);
        }
        else
        {
            ReceiveFromStranger(link.From, to, delivery.Transmission);
        }

        PlanWake(to);
    }

    private void ReceiveFromStranger(SimulatedPeer from, SimulatedPeer to, in Transmission transmission)
    {
        var stranger = to.Core.Identify(from.Plan.Info.Ip);
        if (!to.Core.Admits(from.Id))
        {
            Fail(from, transmission);
            return;
        }

        to.Core.Receive(Now, stranger, transmission.Message);
    }

    /// <summary>As a node does: by the address that the connection comes from, or by what the sender says first.</summary>
    private void Identify(ref Link link, SimulatedPeer to, Message message)
    {
        var address = link.From.Plan.Info.Ip;
        var via = to.Core.Identify(address);
        if (via.IsStranger && message is Hello hello)
        {
            via = to.Core.Identify(Now, address, hello);
        }

        link.Via = to.Core.Table.Find(via);
        link.Life = to.Lives;
    }

    private void Fail(SimulatedPeer from, in Transmission transmission)
    {
        if (from.IsRunning)
        {
            from.Core.TransmitFailed(Now, transmission);
            PlanWake(from);
        }
    }

    private int LinkOf(SimulatedPeer from, RemotePeer hop)
    {
        if (hop.HostTag == 0)
        {
            var to = _byId.GetValueOrDefault(hop.Id);
            hop.HostTag = _links.NumberOf(from, to, out var isNew);
            if (isNew && to is not null)
            {
                ref var link = ref _links[hop.HostTag];
                _model.Prepare(ref link, from.Line, to.Line);
                link.IsWatched = _checker.Watches(from, to);
            }
        }

        return hop.HostTag;
    }
}
