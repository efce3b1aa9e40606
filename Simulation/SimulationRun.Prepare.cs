using System.Runtime.CompilerServices;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation;

/// <content>What the next events will need is fetched while this one is worked on.</content>
public sealed partial class SimulationRun
{
    // Step by step, since each address stands in what the step before has fetched. What is at the start of a bucket could
    // not be seen before.
    private void PrepareNext()
    {
        var from = _queue.IsAtStart ? 0 : int.MaxValue;
        var ahead = _queue.Ahead;
        for (var i = Math.Min(from, 10); i <= 10 && i < ahead; i++)
        {
            Prefetch.Value(ref Unsafe.AsRef(in _queue.Peek(i)));
        }

        for (var i = Math.Min(from, 8); i <= 8 && i < ahead; i++)
        {
            PrepareLink(in _queue.Peek(i));
        }

        for (var i = Math.Min(from, 6); i <= 6 && i < ahead; i++)
        {
            PreparePeer(in _queue.Peek(i));
        }

        for (var i = Math.Min(from, 4); i <= 4 && i < ahead; i++)
        {
            PrepareCore(in _queue.Peek(i));
        }

        for (var i = Math.Min(from, 2); i <= 2 && i < ahead; i++)
        {
            if (ReceiverOf(in _queue.Peek(i)) is { } peer)
            {
                foreach (var part in peer.HotParts)
                {
                    Prefetch.Object(part, lines: 3);
                }
            }
        }
    }

    private void PrepareLink(in SimulationEvent next)
    {
        if (next.Kind == EventKind.Deliver)
        {
            Prefetch.Value(ref _links[next.Number]);
            next.Prefetch();
        }
    }

    private void PreparePeer(in SimulationEvent next)
    {
        if (next.Kind == EventKind.Deliver)
        {
            Prefetch.Object(_links[next.Number].Via, lines: 4);
        }

        Prefetch.Object(ReceiverOf(next), lines: 2);
    }

    private void PrepareCore(in SimulationEvent next)
    {
        if (ReceiverOf(next) is { } peer)
        {
            Prefetch.Object(peer.Core);
            Prefetch.Object(peer.HotParts, lines: 2);
            if (next.Kind == EventKind.Deliver)
            {
                Prefetch.Object((next.Message as Inv)?.BlockIds);
            }
        }
    }

    private SimulatedPeer? ReceiverOf(in SimulationEvent next) => next.Kind switch
    {
        EventKind.Deliver => _links[next.Number].To,
        EventKind.Wake => _peers[next.Number],
        _ => null,
    };
}
