using System.Reflection;
using System.Runtime.CompilerServices;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Receiving;
using Blockchain.Shared.Spreading;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Has the processor fetch what the next events will need while this one is worked on: in a network of ten thousand
/// peers none of it is in the cache, and without these hints a run takes half as long again. Nothing depends on them.
/// </summary>
internal sealed class CacheHints(EventQueue queue, LinkTable links, IReadOnlyList<SimulatedPeer> peers)
{
    /// <summary>
    /// What nearly every message looks into, inside a peer: found by its type, so that the core need not know.
    /// </summary>
    private static readonly Type[] HotTypes =
    [
        typeof(PeerContext), typeof(PeerReports), typeof(PeerTable), typeof(TimerQueue), typeof(Receiver),
        typeof(BlockExchange), typeof(IRelayRule), typeof(BlockRequests),
    ];

    private readonly Dictionary<Type, FieldInfo[]> _hotFields = [];
    private readonly List<object[]> _parts = [];

    /// <summary>The peer has been started, and has other parts than before.</summary>
    public void Started(SimulatedPeer peer)
    {
        while (_parts.Count <= peer.Index)
        {
            _parts.Add([]);
        }

        var parts = new List<object>();
        AddParts(peer.Core, parts);
        _parts[peer.Index] = [.. parts];
    }

    // Step by step, since each address stands in what the step before has fetched. What is at the start of a bucket
    // could
    // not be seen before.
    public void PrepareNext()
    {
        var from = queue.IsAtStart ? 0 : int.MaxValue;
        var ahead = queue.Ahead;
        for (var i = Math.Min(from, 10); i <= 10 && i < ahead; i++)
        {
            Prefetch.Value(ref Unsafe.AsRef(in queue.Peek(i)));
        }

        for (var i = Math.Min(from, 8); i <= 8 && i < ahead; i++)
        {
            PrepareLink(in queue.Peek(i));
        }

        for (var i = Math.Min(from, 6); i <= 6 && i < ahead; i++)
        {
            PreparePeer(in queue.Peek(i));
        }

        for (var i = Math.Min(from, 4); i <= 4 && i < ahead; i++)
        {
            PrepareCore(in queue.Peek(i));
        }

        for (var i = Math.Min(from, 2); i <= 2 && i < ahead; i++)
        {
            if (ReceiverOf(in queue.Peek(i)) is { Core: not null } peer)
            {
                foreach (var part in _parts[peer.Index])
                {
                    Prefetch.Object(part, lines: 3);
                }
            }
        }
    }

    private void AddParts(object whole, List<object> parts)
    {
        if (!_hotFields.TryGetValue(whole.GetType(), out var fields))
        {
            fields = Array.FindAll(
                whole.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
                field => HotTypes.Contains(field.FieldType));
            _hotFields.Add(whole.GetType(), fields);
        }

        foreach (var field in fields)
        {
            if (field.GetValue(whole) is { } part && !parts.Contains(part))
            {
                parts.Add(part);
                AddParts(part, parts);
            }
        }
    }

    private void PrepareLink(in SimulationEvent next)
    {
        if (next.Kind is EventKind.Deliver or EventKind.DeliverCompact)
        {
            Prefetch.Value(ref links[next.Number]);
            next.Prefetch();
        }
    }

    private void PreparePeer(in SimulationEvent next)
    {
        if (next.Kind is EventKind.Deliver or EventKind.DeliverCompact)
        {
            Prefetch.Object(links[next.Number].Via, lines: 4);
        }

        Prefetch.Object(ReceiverOf(next), lines: 2);
    }

    private void PrepareCore(in SimulationEvent next)
    {
        if (ReceiverOf(next) is { Core: not null } peer)
        {
            Prefetch.Object(peer.Core);
            Prefetch.Object(_parts[peer.Index], lines: 2);
            if (next.Kind is EventKind.Deliver or EventKind.DeliverCompact)
            {
                Prefetch.Object((next.Message as Inv)?.BlockIds);
            }
        }
    }

    private SimulatedPeer? ReceiverOf(in SimulationEvent next) => next.Kind switch
    {
        EventKind.Deliver or EventKind.DeliverCompact => links[next.Number].To,
        EventKind.Wake => peers[next.Number],
        _ => null,
    };
}
