using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Outbox;
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
            _queue.Add(due, new SimulationEvent(EventKind.Wake, peer.Index, peer.Lives, null));
        }
    }

    internal void Carry(SimulatedPeer from, Transmission transmission)
    {
        var message = transmission.Message;
        var bytes = _links.BytesOf(message);
        Statistics.Sent(message.Type, bytes);
        if (!_byId.TryGetValue(transmission.NextHop, out var to))
        {
            _queue.Add(Now.Ticks, new SimulationEvent(EventKind.Deliver, -1, from.Index, transmission));
            return;
        }

        if (_links.Loses(_lossBurst))
        {
            Statistics.Dropped(message.Type, DropReason.Loss);
            return;
        }

        var arrival = _links.Arrival(Now.Ticks, from.Line, to.Line, message, bytes, out var landing);
        _queue.Add(arrival, new SimulationEvent(EventKind.Deliver, to.Index, from.Index, transmission, landing));
    }

    internal void OnMade(SimulatedPeer maker, Block block)
    {
        if (!block.HasValidId)
        {
            maker.IsHonest = false;
            _falseBlocks++;
            return;
        }

        var height = (maker.Core.Ledger.Chain.Tip?.Height ?? 0) + 1;
        var record = new BlockRecord(block, maker, Elapsed, height, _peers.Count);
        _blocks.Add(record);
        _blocksById.Add(block.Id, record);
        if (_blocks.Count == Config.Stop.Blocks)
        {
            // The maker is still at it; the others end when it is done.
            At(Now, StopGeneration);
        }
    }

    internal void OnAccepted(SimulatedPeer peer, ChainNode node)
    {
        if (_blocksById.TryGetValue(node.Id, out var record))
        {
            record.Arrived(peer.Index, Elapsed);
        }

        _checker.Accepted(peer, node);
    }

    internal void OnBanned(SimulatedPeer peer, PeerId banned)
    {
        Statistics.Bans++;
        if (_byId.TryGetValue(banned, out var other))
        {
            _checker.Banned(peer, other);
        }
    }

    private void Process()
    {
        var next = _queue.Take(out var time);
        Now = new TimeSpan(time);
        Events++;
        switch (next.Kind)
        {
            case EventKind.Wake:
                Wake(_peers[next.Peer], next.Number, time);
                break;
            case EventKind.Deliver:
                Deliver(next.Peer < 0 ? null : _peers[next.Peer], _peers[next.Number], (Transmission)next.Content!, next.Bytes);
                break;
            default:
                ((Action)next.Content!)();
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

    private void Deliver(SimulatedPeer? to, SimulatedPeer from, Transmission transmission, int bytes)
    {
        if (to is { IsRunning: true } && to.Side == from.Side
            && to.Core.Admits(from.Id) && from.Core.Admits(to.Id))
        {
            if (bytes > 0 && LinkModel.Landing(Now.Ticks, to.Line, bytes) is var landing && landing > Now.Ticks)
            {
                _queue.Add(landing, new SimulationEvent(EventKind.Deliver, to.Index, from.Index, transmission));
                return;
            }

            _checker.Delivery(from, to, transmission.Message);
            var via = to.Core.Identify(from.Plan.Info.Ip);
            if (via.IsStranger && transmission.Message is Hello hello)
            {
                via = to.Core.Identify(Now, from.Plan.Info.Ip, hello);
            }

            to.Core.Receive(Now, via, transmission.Message);
            PlanWake(to);
        }
        else if (from.IsRunning)
        {
            from.Core.TransmitFailed(Now, transmission);
            PlanWake(from);
        }
    }
}
