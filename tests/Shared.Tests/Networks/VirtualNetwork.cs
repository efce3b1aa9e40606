using Blockchain.Shared.Outbox;
using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Networks;

/// <summary>
/// Many peers in one process under virtual time: one queue ordered by (time, sequence). Messages pass by reference and
/// without delay of their own; loss and latency are the peers'. What the NAT rule forbids cannot be sent at all.
/// </summary>
internal sealed class VirtualNetwork
{
    private readonly PriorityQueue<Action, (TimeSpan Due, long Sequence)> _events = new();
    private readonly Dictionary<PeerId, VirtualPeer> _peers = [];
    private readonly ulong _seed;
    private long _sequence;

    public VirtualNetwork(NetworkPlan plan, ulong seed)
    {
        Plan = plan;
        _seed = seed;
        Random = new SeededRandom(seed);
        foreach (var peer in plan.Peers.Where(peer => !peer.ManualStart))
        {
            Join(peer, plan.KnownBy(peer.Id).Select(known => known.Info));
        }
    }

    public NetworkPlan Plan { get; }

    /// <summary>For faults and choices of the test itself.</summary>
    public SeededRandom Random { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1_795_358_270);

    public IReadOnlyCollection<VirtualPeer> All => _peers.Values;

    public IEnumerable<VirtualPeer> Running => _peers.Values.Where(peer => peer.IsRunning);

    public IEnumerable<VirtualPeer> Honest => Running.Where(peer => !peer.Plan.Malicious);

    public VirtualPeer this[string id] => _peers[new PeerId(id)];

    public VirtualPeer Join(PeerPlan plan, IEnumerable<PeerInfo> known)
    {
        var peer = new VirtualPeer(this, plan, [.. known]);
        _peers.Add(plan.Id, peer);
        peer.Start(_seed ^ (ulong)_peers.Count * 0x9E37_79B9_7F4A_7C15);
        return peer;
    }

    public void Restart(VirtualPeer peer) => peer.Start(Random.NextUInt64());

    public void StopGeneration()
    {
        foreach (var peer in Running)
        {
            peer.Core.IsGenerating = false;
        }
    }

    public void RunFor(TimeSpan duration)
    {
        var end = Now + duration;
        while (_events.TryPeek(out var next, out var due) && due.Due <= end)
        {
            _events.Dequeue();
            Now = due.Due;
            next();
        }

        Now = end;
    }

    /// <returns>Whether the condition, looked at every tenth of a second, came true before the deadline.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan within)
    {
        var end = Now + within;
        while (!condition())
        {
            if (Now >= end)
            {
                return false;
            }

            RunFor(TimeSpan.FromMilliseconds(100));
        }

        return true;
    }

    public void At(TimeSpan due, Action action) => _events.Enqueue(action, (due, _sequence++));

    internal void Carry(VirtualPeer from, Transmission transmission)
    {
        _peers.TryGetValue(transmission.NextHop, out var to);
        if (to is not null)
        {
            Assert.True(
                NetworkPlan.CanReach(from.Plan.Info, to.Plan.Info), $"{from.Plan.Id} must not reach {to.Plan.Id}");
        }

        At(Now, () =>
        {
            if (to is { IsRunning: true } && to.Core.Admits(from.Plan.Id) && from.Core.Admits(to.Plan.Id))
            {
                to.Receive(from, transmission.Message);
            }
            else if (from.IsRunning)
            {
                from.Act(core => core.TransmitFailed(Now, transmission));
            }
        });
    }

    public string Describe() => $"seed {_seed}\n" + string.Join('\n', _peers.Values.Select(peer => peer.ToString()));
}
