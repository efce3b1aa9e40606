using System.Runtime.CompilerServices;
using Blockchain.Shared.Spreading;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>All that a peer keeps about one other peer.</summary>
public sealed class RemotePeer
{
    /// <summary>Weight of a new sample in the smoothed round-trip time: RFC 6298's alpha.</summary>
    private const double RoundTripGain = 1.0 / 8;

    private readonly PeerSettings _settings;

    // Of a large network's peers hardly one ever limits or keeps waiting another, so that nothing is kept for it.
    private readonly StrongBox<TokenBucket>? _inbound;
    private TargetQueue? _queue;

    internal RemotePeer(PeerInfo info, bool isPlanned, PeerSettings settings, TimeSpan now)
    {
        Id = info.Id;
        Info = info;
        IsPlanned = isPlanned;
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

    public int Offences { get; internal set; }

    public bool IsBanned { get; internal set; }

    /// <summary>Messages that wait to be sent to it.</summary>
    public TargetQueue Queue => _queue ??= new TargetQueue(new TokenBucket(_settings.SendLimit, TimeSpan.Zero));

    /// <summary>It stands in <c>peers.json</c>: never forgotten, and no message can change its address.</summary>
    internal bool IsPlanned { get; }

    /// <summary>When it was last heard of, or first known.</summary>
    internal TimeSpan LastHeard { get; set; }

    internal TimeSpan? LastPing { get; set; }

    internal bool AwaitsPong { get; set; }

    /// <summary>When we last said HELLO to it.</summary>
    internal TimeSpan? LastHello { get; set; }

    /// <summary>It has said HELLO to us.</summary>
    internal bool HasGreeted { get; set; }

    /// <summary>When it last delivered a block that we had asked for.</summary>
    internal TimeSpan? LastBlock { get; set; }

    /// <summary>What is wanted of it; null: it never named a block that we lacked.</summary>
    internal BlockSource? Blocks { get; set; }

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

    /// <summary>Worth sending gossip and questions to.</summary>
    internal bool IsUsable => !IsBanned && !IsForgotten && Status != PeerStatus.Unreachable;

    internal bool TryAcceptInbound(TimeSpan now) => _inbound is null || _inbound.Value.TryTake(now);

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

    /// <summary>What is to be remembered of it.</summary>
    internal NeighbourRecord RecordAt(TimeSpan now) =>
        new(Id, Offences, now, IsBanned ? TimeSpan.MaxValue : TimeSpan.Zero);

    /// <summary>Takes over what was remembered of it.</summary>
    internal void Restore(NeighbourRecord record)
    {
        Assertions.That(record.Peer == Id, "What was counted against one peer is not held against another.");
        Offences = (int)record.Offences;
        IsBanned = record.IsBanned;
    }

    internal void AddRoundTrip(TimeSpan sample) =>
        RoundTripTime = RoundTripTime is { } smoothed ? smoothed + ((sample - smoothed) * RoundTripGain) : sample;
}
