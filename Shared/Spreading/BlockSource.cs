using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Spreading;

/// <summary>What is wanted of one peer that says it has blocks, and how well it answers.</summary>
internal sealed class BlockSource(RemotePeer peer)
{
    /// <summary>Blocks asked of one peer at a time; all of them fit into its queue for us (50).</summary>
    private const int MaxWindow = 32;

    /// <summary>When it was asked the last of the questions that it has answered.</summary>
    private TimeSpan _lastAnswered = TimeSpan.MinValue;

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

    /// <summary>
    /// From its last question that was asked of nobody before to the answer; null: it has answered none.
    /// </summary>
    public TimeSpan? LastTook { get; set; }

    /// <summary>When it last delivered a block that it was asked for.</summary>
    public TimeSpan? LastAnswer { get; private set; }

    /// <summary>
    /// Whether it may yet answer what it was asked then: it answers in order, so what it was asked before a question
    /// that it has answered is lost.
    /// </summary>
    public bool IsStillAt(TimeSpan asked) => _lastAnswered <= asked;

    /// <param name="asked">When it was asked for what it delivers now.</param>
    public void Answered(TimeSpan now, TimeSpan asked)
    {
        Unanswered = 0;
        AnsweredLate(now, asked);
    }

    /// <summary>The answer is of no use any more, but shows how far it is.</summary>
    public void AnsweredLate(TimeSpan now, TimeSpan asked)
    {
        Assertions.That(asked <= now, "No answer comes before its question.");
        LastAnswer = now;
        _lastAnswered = asked > _lastAnswered ? asked : _lastAnswered;
    }

    public void DidNotAnswer() => Unanswered++;
}
