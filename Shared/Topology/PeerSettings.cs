using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Topology;

/// <summary>
/// Every knob of one peer. The defaults are those of the original course project, except where a remark says
/// otherwise; <c>peers.json</c> overrides them for all peers under <c>defaults</c> and for one in its own entry.
/// </summary>
public sealed record PeerSettings
{
    public static PeerSettings Default { get; } = new();

    /// <summary>The defaults, but no message is limited, lost or late.</summary>
    public static PeerSettings Unlimited { get; } = new()
    {
        SendLimit = RateLimit.None,
        InboundLimit = RateLimit.None,
        QueueLimit = 0,
        DropProbability = 0,
        Latency = default,
        Capacity = default,
    };

    /// <summary>
    /// To whom a new block is announced and a new transaction sent: a name of <see cref="RelayRules"/>.
    /// </summary>
    public string Relay { get; init; } = RelayRules.Usual;

    /// <summary>Which of two branches of equal height is the chain: a name of <see cref="ForkChoices"/>.</summary>
    public string ForkChoice { get; init; } = ForkChoices.Usual;

    /// <summary>Which of the peers that it knows are its neighbours: a name of <see cref="AddressTables"/>.</summary>
    public string AddressTable { get; init; } = AddressTables.Usual;

    /// <summary>
    /// How many neighbours it draws from its table of addresses, if it has one; Bitcoin Core's
    /// MAX_OUTBOUND_FULL_RELAY_CONNECTIONS.
    /// </summary>
    public int Outbound { get; init; } = 8;

    /// <summary>How many peers are told of a block or given a transaction at a time.</summary>
    public int Fanout { get; init; } = 3;

    /// <summary>
    /// How often a block is announced, each time to <see cref="Fanout"/> peers not yet told. The original has one
    /// round, which with fan-out 1 dies out after a few hops.
    /// </summary>
    public int GossipRounds { get; init; } = 5;

    public TimeSpan GossipInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Mean time between two transactions of one full peer; zero: it makes none by itself.</summary>
    public TimeSpan TransactionInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Mean time between two blocks of one full peer; zero: it makes none by itself.</summary>
    public TimeSpan BlockInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Its part of the power to make blocks, beside a peer of 1: it makes one each <see cref="BlockInterval"/> ÷ this on
    /// the average. Where the simulator chooses who makes the next block, it is the weight; zero: it makes none by itself.
    /// </summary>
    public double Share { get; init; } = 1;

    /// <summary>
    /// Whether what it makes is a Poisson process, as mining is: an interval of generation is drawn from the exponential
    /// distribution. Off: see <see cref="Jitter"/>.
    /// </summary>
    public bool Poisson { get; init; }

    /// <summary>An interval of generation is drawn uniformly from mean × (1 ± this), 0..1.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>
    /// How many blocks one who is paid waits for, the block with the payment included: a double spender shows its
    /// branch after them. Bitcoin's custom is 6.
    /// </summary>
    public int Confirmations { get; init; } = 6;

    /// <summary>Time between two heartbeats; zero: none, and nobody is ever found unreachable.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A peer that was not heard of for so long is UNREACHABLE.</summary>
    public TimeSpan UnreachableAfter { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Whether it asks others whom they know. Off, it knows for ever just those that it knew at the start.
    /// </summary>
    public bool Discovery { get; init; } = true;

    /// <summary>How much is sent to one target.</summary>
    public RateLimit SendLimit { get; init; } = new(100, TimeSpan.FromSeconds(5));

    /// <summary>How much is accepted from one sender. The original's limit is the same in both directions.</summary>
    public RateLimit InboundLimit { get; init; } = new(100, TimeSpan.FromSeconds(5));

    /// <summary>Messages that wait for one target at one priority; zero: no limit.</summary>
    public int QueueLimit { get; init; } = 50;

    /// <summary>How often a message is sent again after a failure to send it.</summary>
    public int Retries { get; init; } = 3;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Share of the messages sent that are lost on the way, 0..1.</summary>
    public double DropProbability { get; init; } = 0.05;

    /// <summary>How many messages in a row are lost on average; 1: no loss depends on another.</summary>
    public double LossBurst { get; init; } = 1;

    /// <summary>A message's simulated latency is drawn from this range.</summary>
    public Range<TimeSpan> Latency { get; init; } =
        new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100));

    /// <summary>How it is drawn, and so what the ends of the range are.</summary>
    public LatencyShape LatencyShape { get; init; }

    /// <summary>Messages per second that the peer can send, drawn uniformly from this range; zero: no limit.</summary>
    public Range<double> Capacity { get; init; } = new(100, 100);

    /// <summary>How often the capacity is drawn anew.</summary>
    public TimeSpan CapacityInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A peer with more points than this is banned. A false id is one point. From half of this on it is throttled.
    /// </summary>
    public int BanAfter { get; init; } = 3;

    /// <summary>How long a ban lasts; zero: for good, as in the original.</summary>
    public TimeSpan BanFor { get; init; }

    /// <summary>Half of a peer's points are forgiven in this time; zero: none ever.</summary>
    public TimeSpan ForgiveAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a message is remembered in order to recognise its duplicates.</summary>
    public TimeSpan SeenFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages remembered at most; the oldest is forgotten first.</summary>
    public int SeenLimit { get; init; } = 500_000;

    /// <summary>Time between two exchanges of headers with a random peer; zero: none but on joining.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an answer may take, beside two round trips, before it is asked for again, of another peer if possible.
    /// For
    /// a block it is longer where blocks have taken longer, up to 8 times this.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Blocks kept whose parent is missing; the oldest goes first.</summary>
    public int OrphanLimit { get; init; } = 1_000;

    /// <summary>Transactions waiting for a block; further ones are dropped.</summary>
    public int PoolLimit { get; init; } = 200_000;

    /// <summary>Bytes that the transactions waiting for a block take in memory.</summary>
    public int PoolBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Transactions that a peer puts into one block.</summary>
    public int BlockTransactionLimit { get; init; } = 1_000;

    /// <summary>
    /// Longest line that is accepted, in bytes. The longest block follows from it, so that it is a rule of the chain
    /// and
    /// the same for all peers of a network.
    /// </summary>
    public int MaxLineBytes { get; init; } = WireLimits.LineBytes;

    /// <summary>Connections open at the same time.</summary>
    public int ConnectionLimit { get; init; } = 1_000;

    /// <summary>What the simulated network does to its messages, where nothing else is said.</summary>
    internal NetworkConditions Conditions => new(DropProbability, Latency, LossBurst, LatencyShape);
}
