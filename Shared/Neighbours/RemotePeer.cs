using System.Runtime.CompilerServices;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>All that a peer keeps about one other peer.</summary>
public sealed class RemotePeer
{
    /// <summary>Weight of a new sample in the smoothed round-trip time: RFC 6298's alpha.</summary>
    private const double RoundTripGain = 1.0 / 8;

    /// <summary>
    /// What takes less than this part of the smoothed time shows that it was of something else. With the usual latency
    /// of 20 to 100 ms each way, the shortest round trip takes a third of the mean.
    /// </summary>
    private const int RefutingDivisor = 4;

    /// <summary>On a slow line the answer to a PING comes after the next ones have left.</summary>
    private const int MaxPings = 8;

    private readonly PeerSettings _settings;

    // Of a large network's peers hardly one ever limits or keeps waiting another, so that nothing is kept for it.
    private readonly StrongBox<TokenBucket>? _inbound;
    private TargetQueue? _queue;
    private Queue<TimeSpan>? _pings;

    internal RemotePeer(PeerInfo info, bool isPlanned, PeerSettings settings, TimeSpan now)
    {
        Id = info.Id;
        Info = info;
        IsPlanned = isPlanned;
        IsConfirmed = isPlanned;
        IsEstablished = isPlanned;
        IsNeighbour = settings.AddressTable == AddressTables.Usual;
        LastHeard = now;
        _settings = settings;
        if (settings.InboundLimit.IsLimited)
        {
            _inbound = new StrongBox<TokenBucket>(new TokenBucket(settings.InboundLimit, now));
        }
    }

    public PeerInfo Info { get; internal set; }

    public PeerId Id { get; }

    /// <summary>For the host's own use.</summary>
    public int HostTag { get; set; }

    public PeerStatus Status { get; internal set; }

    /// <summary>Smoothed; null until the first PONG.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>False ids that it delivered.</summary>
    public int Offences { get; internal set; }

    /// <summary>Nothing of it is used and nothing is sent to it.</summary>
    public bool IsBanned { get; internal set; }

    /// <summary>When its ban ends; null: it has none, or one for good.</summary>
    public TimeSpan? BannedUntil { get; internal set; }

    /// <summary>Messages that wait to be sent to it.</summary>
    public TargetQueue Queue => _queue ??= new TargetQueue(new TokenBucket(_settings.SendLimit, TimeSpan.Zero));

    /// <summary>It stands in <c>peers.json</c>: never forgotten, and no message can change its address.</summary>
    internal bool IsPlanned { get; }

    /// <summary>When it was last heard of, or first known.</summary>
    internal TimeSpan LastHeard { get; set; }

    /// <summary>
    /// Somebody has answered to this name, or it stands in <c>peers.json</c>. Before that it is a name that others have
    /// told us.
    /// </summary>
    internal bool IsConfirmed { get; set; }

    /// <summary>Since when it has answered without a long silence; null: it is away.</summary>
    internal TimeSpan? AnswersSince { get; set; }

    /// <summary>It stands in <c>peers.json</c>, or has answered for long.</summary>
    internal bool IsEstablished { get; set; }

    /// <summary>Somebody may take its name only while it is away.</summary>
    internal bool IsProtected => IsPlanned || IsBanned || (IsConfirmed && Status != PeerStatus.Unreachable);

    /// <summary>Until when BLOCK_HEADERS of it are an answer to a question of ours.</summary>
    internal TimeSpan HeadersAwaitedUntil { get; set; } = TimeSpan.MinValue;

    /// <summary>What it has done wrong, as far as that is not forgiven.</summary>
    internal Score Score { get; set; }

    internal TimeSpan? LastPing { get; private set; }

    /// <summary>The last PING is not answered.</summary>
    internal bool AwaitsPong => _pings is { Count: > 0 };

    /// <summary>When we last said HELLO to it.</summary>
    internal TimeSpan? LastHello { get; set; }

    /// <summary>It has said HELLO to us.</summary>
    internal bool HasGreeted { get; set; }

    /// <summary>The relay rule whose messages it understands, by its last HELLO; null: those of none.</summary>
    internal string? Relay { get; set; }

    /// <summary>It is in the table no more; who comes back under its name is another one.</summary>
    public bool IsForgotten { get; internal set; }

    /// <summary>Whether the plan lets the two connect.</summary>
    internal bool IsReachable { get; set; }

    /// <summary>The first hops of the shortest routes to it, as of <see cref="RelaysVersion"/>.</summary>
    internal IReadOnlyList<RemotePeer> Relays { get; set; } = [];

    internal int RelaysVersion { get; set; } = -1;

    /// <summary>The relay that the last message to it was given to.</summary>
    internal RemotePeer? LastRelay { get; set; }

    private Dictionary<RemotePeer, int>? RelayFailures { get; set; }

    /// <summary>Where neighbours are drawn from a table of addresses: it is one; elsewhere all are.</summary>
    internal bool IsNeighbour { get; set; }

    /// <summary>Somebody looks after it, see <see cref="Heartbeat"/>.</summary>
    internal bool IsWatched { get; set; }

    /// <summary>Worth sending gossip and questions to.</summary>
    internal bool IsUsable => IsNeighbour && !IsBanned && !IsForgotten && Status != PeerStatus.Unreachable;

    internal bool TryAcceptInbound(TimeSpan now) => _inbound is null || _inbound.Value.TryTake(now);

    /// <summary>Accepts less of it from now on, or as much as of any other again.</summary>
    internal void Throttle(TimeSpan now, int divisor)
    {
        if (_inbound is { } box)
        {
            var limit = _settings.InboundLimit;
            var burst = Math.Max(1, limit.Messages / divisor);
            box.Value.Resize(burst, limit.Messages / limit.Window.TotalSeconds / divisor, now);
        }
    }

    internal void Pinged(TimeSpan now)
    {
        LastPing = now;
        _pings ??= new Queue<TimeSpan>(MaxPings);
        if (_pings.Count == MaxPings)
        {
            _pings.Dequeue();
        }

        _pings.Enqueue(now);
    }

    /// <summary>A PONG came.</summary>
    /// <param name="timestamp">What it copied from the PING, Unix seconds.</param>
    /// <returns>When that PING was sent; null: we have sent none like this that is not answered yet.</returns>
    internal TimeSpan? Answered(double timestamp)
    {
        foreach (var sent in _pings ?? [])
        {
            if (sent.TotalSeconds == timestamp)
            {
                _pings!.Clear();
                return sent;
            }
        }

        return null;
    }

    /// <summary>How many messages of a priority wait to be sent to it.</summary>
    internal int Waiting(MessagePriority priority) => _queue?.Count(priority) ?? 0;

    internal int FailuresBy(RemotePeer relay) => RelayFailures?.GetValueOrDefault(relay) ?? 0;

    /// <summary>
    /// Whether the last message was answered. A relay may be alive and yet of no use for this target, which may have
    /// banned it.
    /// </summary>
    internal void JudgeRelay(bool answered)
    {
        if (LastRelay is { } relay)
        {
            var failures = FailuresBy(relay);
            (RelayFailures ??= [])[relay] = answered ? failures / 2 : failures + 1;
        }
    }

    internal void AddRoundTrip(TimeSpan sample) => RoundTripTime = RoundTripTime is { } smoothed && !IsRefuted(sample)
        ? smoothed + ((sample - smoothed) * RoundTripGain) : sample;

    /// <summary>
    /// How long a round trip takes if an answer of this peer took so long: that, if it refutes what was measured. It is
    /// not kept, since an answer may have been on its way before the question, which a PONG cannot.
    /// </summary>
    /// <param name="answer">Null: there was none.</param>
    internal TimeSpan? RoundTripBy(TimeSpan? answer) =>
        answer is { } took && IsRefuted(took) ? took : RoundTripTime;

    /// <summary>
    /// Whether so short a time shows that the peer is not as far away as was measured: a PING waits, too, for a peer
    /// that is just starting, or hangs.
    /// </summary>
    private bool IsRefuted(TimeSpan took) => took * RefutingDivisor < RoundTripTime;
}
