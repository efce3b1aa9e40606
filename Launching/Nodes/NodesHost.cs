using System.ComponentModel;
using Blockchain.Launching.Machine;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Running;

namespace Blockchain.Launching.Nodes;

/// <summary>
/// Runs a scenario on peers that are processes, by their HTTP API. Who starts and ends them differs, and is told by
/// <see cref="ITrialNode"/>.
/// </summary>
/// <param name="name">One of <see cref="HostNames"/>.</param>
/// <param name="nodes">In the order of the plan.</param>
/// <param name="start">Starts the network without the absent peers and waits until it is up.</param>
/// <param name="tape">Hears of every event; ends with the host.</param>
public sealed class NodesHost(
    string name,
    ulong seed,
    IReadOnlyList<ITrialNode> nodes,
    Func<Predicate<PeerId>, CancellationToken, Task> start,
    NodeEventTape tape,
    TimeProvider? time = null)
    : ITrialHost
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<PeerId, ITrialNode> _byId = nodes.ToDictionary(node => node.Plan.Id);
    private readonly PriorityQueue<Func<Task>, TimeSpan> _scheduled = new();
    private readonly MachineProbe _machine = new();

    public string Name => name;

    public TimeSpan Now => _time.GetUtcNow() - DateTimeOffset.UnixEpoch;

    public TimeSpan LookInterval { get; } = TimeSpan.FromMilliseconds(200);

    public IReadOnlyList<PeerEvent> History => tape.History;

    public IReadOnlyList<PeerPlan> Peers { get; } = [.. nodes.Select(node => node.Plan)];

    public SeededRandom Random { get; } = new(seed);

    public async Task StartAsync(Predicate<PeerId> isAbsent, CancellationToken stop)
    {
        await start(isAbsent, stop);
        foreach (var node in nodes.Where(node => node.Plan.Program is null))
        {
            tape.Follow(node);
        }
    }

    public async Task PassAsync(TimeSpan until, CancellationToken stop)
    {
        while (_scheduled.TryPeek(out _, out var due) && due <= until)
        {
            await WaitAsync(due, stop);
            await _scheduled.Dequeue()();
        }

        await WaitAsync(until, stop);
    }

    public async Task<IReadOnlyDictionary<PeerId, PeerReading?>> ReadAsync(
        IReadOnlyCollection<PeerId> peers, Need needs, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(peers);
        var readings = await Task.WhenAll(peers.Select(id => _byId[id].Plan.Program is null
            ? NodeReader.ReadAsync(_byId[id], needs, stop)
            : Task.FromResult<PeerReading?>(null)));
        return peers.Zip(readings).ToDictionary(one => one.First, one => one.Second);
    }

    public string? WhyNotInTime(TimeSpan from)
    {
        var reading = _machine.Read(_machine.Now - (Now - from));
        return reading.IsAble ? null : $"the machine was too busy to judge a time: {reading}";
    }

    public void Remark(string text, bool isFinding = false) =>
        tape.Add(new Remark(Now, Shared.Remark.Everybody, text, isFinding));

    public bool IsRunning(PeerId peer) => _byId[peer].IsRunning;

    public async Task<Told> TellAsync(PeerId peer, PeerCommand command)
    {
        if (_byId[peer].Plan.Program is not null)
        {
            return new Told($"peer {peer} is a program of somebody else, which nobody can tell anything");
        }

        try
        {
            return await TellAsync(_byId[peer], command);
        }
        catch (HttpRequestException error)
        {
            return new Told(error.Message);
        }
    }

    public async Task StartAsync(PeerId peer, IReadOnlyList<PeerCommand> orders)
    {
        var node = _byId[peer];
        try
        {
            await node.StartAsync();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // The launcher was faster, or its program is gone: then it does not answer, and that is found out.
            return;
        }

        foreach (var order in orders)
        {
            await TellAsync(peer, order);
        }
    }

    public Task StopAsync(PeerId peer) => _byId[peer].StopAsync();

    public Task KillAsync(PeerId peer) => _byId[peer].KillAsync();

    public void Schedule(TimeSpan delay, Func<Task> action) => _scheduled.Enqueue(action, Now + delay);

    public async ValueTask DisposeAsync()
    {
        await tape.DisposeAsync();
        _machine.Dispose();
    }

    private static async Task<Told> TellAsync(ITrialNode node, PeerCommand command)
    {
        switch (command)
        {
            case Mine:
                // With work to do the id comes later.
                var block = await node.Client.MineAsync();
                return new Told(Made: block.BlockId.Length > 0 ? NodeReader.IdOf(block.BlockId) : null);
            case Pay pay:
                var transaction = await node.Client.PayAsync(pay);
                return new Told(Made: NodeReader.IdOf(transaction.TxId));
            default:
                await node.Client.TellAsync(command);
                return new Told();
        }
    }

    private async Task WaitAsync(TimeSpan until, CancellationToken stop)
    {
        if (until - Now is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, stop);
        }
    }
}
