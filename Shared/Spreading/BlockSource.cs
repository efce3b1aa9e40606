using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Spreading;

/// <summary>What is wanted of one peer that says it has blocks, and how well it answers.</summary>
internal sealed class BlockSource(RemotePeer peer)
{
    /// <summary>Blocks asked of one peer at a time; all of them fit into its queue for us (50).</summary>
    private const int MaxWindow = 32;

    public RemotePeer Peer { get; } = peer;

    /// <summary>Those to be asked of it, in order; some are here or asked of somebody else by now.</summary>
    public Queue<BlockRequest> Waiting { get; } = new();

    /// <summary>Whether it is in the round of those that have something waiting.</summary>
    public bool IsInTurn { get; set; }

    /// <summary>Blocks asked of it and not here yet.</summary>
    public int InFlight { get; set; }

    /// <summary>Questions that it did not answer since it answered one.</summary>
    public int Unanswered { get; private set; }

    /// <summary>
    /// How many blocks may be asked of it at a time: half as many after each question without an answer, as TCP's
    /// congestion window (RFC 5681), all of them again after an answer.
    /// </summary>
    public int Window => Math.Max(1, MaxWindow >> Math.Min(Unanswered, 5));

    public void Answered() => Unanswered = 0;

    public void DidNotAnswer() => Unanswered++;
}
