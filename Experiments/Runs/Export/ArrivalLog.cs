using Blockchain.Shared.Wire;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs.Export;

/// <summary>
/// Writes a row for each arrival as it happens, so that only what is needed to count hops is in memory: who had which
/// of the last blocks.
/// </summary>
internal sealed class ArrivalLog : IDisposable
{
    /// <summary>
    /// Of older blocks the hops are not told: a peer that gets one so late gets it with a chain, not by gossip.
    /// </summary>
    private const int RememberedBlocks = 512;

    private readonly SimulationRun _run;
    private readonly IReadOnlyList<IArrivalTable> _tables;

    // For each peer the hops and one; zero: it has not got the block.
    private readonly Dictionary<Hash256, (string Name, ushort[] Hops)> _blocks = [];
    private readonly Queue<Hash256> _order = new();

    /// <param name="tables">Where the rows go; ended with this.</param>
    public ArrivalLog(SimulationRun run, IReadOnlyList<IArrivalTable> tables)
    {
        (_run, _tables) = (run, tables);
        run.Arrived = Add;
    }

    public void Dispose()
    {
        foreach (var table in _tables)
        {
            table.Dispose();
        }
    }

    private void Add(BlockArrival arrival)
    {
        // A maker has its block at once, before anybody else.
        var isOwn = arrival.From is null && arrival.At == arrival.Made && !_blocks.ContainsKey(arrival.Block);
        if (isOwn)
        {
            Remember(arrival.Block);
        }

        var name = arrival.Block.ToString();
        int? hops = null;
        if (_blocks.TryGetValue(arrival.Block, out var block))
        {
            name = block.Name;
            hops = isOwn ? 0 : arrival.From is { } from && At(block.Hops, from) is > 0 and var before ? before : null;
            if (hops is { } known && arrival.Peer < block.Hops.Length)
            {
                block.Hops[arrival.Peer] = (ushort)Math.Min(ushort.MaxValue, known + 1);
            }
        }

        var row = new ArrivalRow(
            name,
            _run.Peers[arrival.Peer].Id.Value,
            arrival.From is { } index ? _run.Peers[index].Id.Value : "",
            hops,
            arrival.At.TotalSeconds,
            (arrival.At - arrival.Made).TotalSeconds);
        foreach (var table in _tables)
        {
            table.Add(row);
        }
    }

    private static int At(ushort[] hops, int peer) => peer < hops.Length ? hops[peer] : 0;

    private void Remember(Hash256 block)
    {
        if (_order.Count == RememberedBlocks)
        {
            _blocks.Remove(_order.Dequeue());
        }

        _order.Enqueue(block);
        _blocks.Add(block, (block.ToString(), new ushort[_run.Peers.Count]));
    }
}
