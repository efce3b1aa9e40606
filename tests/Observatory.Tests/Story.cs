using System.Security.Cryptography;
using System.Text;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests;

/// <summary>Events as a network would tell them, with a second between two.</summary>
internal sealed class Story(int start = 1_000)
{
    private readonly List<PeerEvent> _events = [];
    private TimeSpan _now = TimeSpan.FromSeconds(start);

    public IReadOnlyList<PeerEvent> Events => _events;

    public TimeSpan Now => _now;

    public static Hash256 Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static NetworkState Fold(IEnumerable<PeerEvent> events, StateLimits? limits = null)
    {
        var fold = new NetworkFold(limits: limits);
        foreach (var happened in events)
        {
            fold.Apply(happened);
        }

        return fold.Current;
    }

    public NetworkState Fold(StateLimits? limits = null) => Fold(_events, limits);

    public Story Wait(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public Story Tell(Func<TimeSpan, PeerEvent> happened)
    {
        _events.Add(happened(_now));
        return Wait(1);
    }

    public Story Up(string peer, bool nat = false, bool light = false, int network = -1, TimeSpan? started = null) =>
        Tell(now => new PeerUp(now, new PeerId(peer), nat, light, network, started ?? TimeSpan.FromSeconds(start)));

    public Story Down(string peer) => Tell(now => new PeerDown(now, new PeerId(peer)));

    public Story Switched(
        string peer, bool malicious = false, bool cutOff = false, bool paused = false, double loss = 0.05) =>
        Tell(now => new PeerSwitched(
            now, new PeerId(peer), malicious, true, cutOff, paused, loss, TimeSpan.FromMilliseconds(20),
            TimeSpan.FromMilliseconds(100)));

    public Story RoundTrip(string peer, string other, double milliseconds) =>
        Tell(now => new NeighbourChanged(now, new PeerId(peer), new PeerId(other), PeerStatus.Alive))
            .Tell(now => new RoundTripMeasured(
                now, new PeerId(peer), new PeerId(other), TimeSpan.FromMilliseconds(milliseconds)));

    public Story RoundTripOnly(string peer, string other) => Tell(now =>
        new RoundTripMeasured(now, new PeerId(peer), new PeerId(other), TimeSpan.FromMilliseconds(1)));

    public Story Made(string maker, string block, string? parent = null, bool isFalse = false) =>
        Tell(now => new BlockMade(now, new PeerId(maker), Id(block), Parent(parent), 3, isFalse));

    public Story Accepted(string peer, string block, string? parent, int height, string maker, string via) =>
        Tell(now => new BlockAccepted(
            now, new PeerId(peer), Id(block), Parent(parent), height, new PeerId(maker), _now, new PeerId(via)));

    public Story Tip(string peer, string block, int height) =>
        Tell(now => new TipChanged(now, new PeerId(peer), Id(block), height));

    private static Hash256 Parent(string? name) => name is null ? Hash256.Genesis : Id(name);
}
