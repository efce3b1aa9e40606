using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// The blocks that we ask for: each from one peer at a time, from the next one that has it when the answer does not
/// come, five times in all.
/// </summary>
/// <remarks>
/// Anybody can name blocks that nobody has. So what waits and what is on its way is shared among those who name blocks:
/// who has named most makes room first, they have their turn one after the other, nobody is asked for more blocks at a
/// time than it leaves for others (dynamic thresholds: A. K. Choudhury and E. L. Hahne, "Dynamic queue length
/// thresholds
/// for shared-memory packet switches", 1998), and who does not answer is asked for less, in the end for nothing.
/// </remarks>
internal sealed partial class BlockRequests(
    PeerContext context, Announcements announcements, IRelayRule relay)
{
    private const int MaxAttempts = 5;

    /// <summary>Blocks on their way at most; half of them from one peer alone.</summary>
    private const int MaxInFlight = 64;

    /// <summary>A slow source that still delivers is not asked again; nor may it keep us waiting for ever.</summary>
    private const int MaxExtensions = 10;

    /// <summary>Ids that wait at most; header exchange brings back what is turned away here.</summary>
    private const int MaxWanted = 20_000;

    /// <summary>
    /// Questions in a row without an answer, after which nothing more is asked of what a peer has named so far. With
    /// every tenth question or answer lost, an honest one gets there once in a hundred million times.
    /// </summary>
    private const int MaxUnanswered = 8;

    private readonly Dictionary<Hash256, BlockRequest> _requests = new(context.Ids);
    private readonly FairBudget<BlockSource> _budget = new(MaxWanted, bytes: 0);

    private readonly Dictionary<RemotePeer, BlockSource> _sources = [];

    /// <summary>Those who have something waiting, the next to be asked first.</summary>
    private readonly Queue<BlockSource> _turns = new();

    private int _inFlight;
    private AnswerTime _answerTime;

    /// <summary>How many of the requests are for blocks that are no news.</summary>
    private int _old;

    /// <summary>The request of the block that was wanted last; null: it is wanted no more.</summary>
    private BlockRequest? _last;

    /// <summary>Whether blocks are asked for that nobody has announced to us.</summary>
    public bool IsCatchingUp => _old > 0;

    public bool IsWanted(Hash256 id) => _requests.ContainsKey(id);

    /// <summary>Whether the block is the one that was wanted last; if so, notes who else announces it.</summary>
    /// <param name="isNew">False if it had said so before.</param>
    public bool TryAddSource(Hash256 id, RemotePeer source, out bool isNew)
    {
        isNew = false;
        if (_last is null || id != _last.Id)
        {
            return false;
        }

        Assertions.That(
            !Assertions.AreOn || _requests.ContainsKey(id),
            "The block that was wanted last is wanted still.");
        isNew = AddSource(_last, SourceOf(source));
        NoteNews(_last);
        return true;
    }

    /// <summary>A peer says that it has these blocks, none of which we have.</summary>
    /// <param name="isNews">Whether it announces them.</param>
    public void Want(TimeSpan now, RemotePeer peer, IReadOnlyList<Hash256> ids, bool isNews)
    {
        Assertions.That(!context.Self.Light, "A light peer asks for headers.");
        var source = SourceOf(peer);
        for (var i = 0; i < ids.Count; i++)
        {
            if (_requests.TryGetValue(ids[i], out var request))
            {
                AddSource(request, source);
                if (isNews)
                {
                    NoteNews(request);
                }
            }
            else if (MakesRoom(now, source))
            {
                _last = new BlockRequest(ids[i], source) { IsNews = isNews };
                _old += isNews ? 0 : 1;
                _requests.Add(ids[i], _last);
                Enqueue(_last, source);
            }
        }

        Assertions.That(_requests.Count <= MaxWanted, "What others can make us remember is bounded.");
        Pump(now);
    }

    /// <summary>The block is here, wherever it came from.</summary>
    /// <param name="isNews">False if it was asked for and nobody has announced it.</param>
    /// <returns>Who has it.</returns>
    public Holders Arrived(TimeSpan now, Hash256 id, RemotePeer? from, out bool isNews)
    {
        _requests.TryGetValue(id, out var request);
        if (from is not null && request is not null)
        {
            NoteAnswer(now, request, from);
        }

        if (request is not null)
        {
            Remove(request);
        }

        Pump(now);
        Assertions.That(!Assertions.AreOn || !IsWanted(id), "What is here is asked for no more.");
        isNews = request?.IsNews ?? true;
        return new Holders(from, request is null ? [] : PeersOf(request.Sources));
    }

    /// <summary>What this source gave as the block was not the block: from it, nobody wants it any more.</summary>
    public void Refuted(TimeSpan now, Hash256 id, RemotePeer peer)
    {
        if (!_requests.TryGetValue(id, out var request) || !_sources.TryGetValue(peer, out var source))
        {
            return;
        }

        request.RemoveSource(source);
        if (request.AskedFrom != source)
        {
            // Nobody asked it, and what another one was asked for is still on its way.
            return;
        }

        source.DidNotAnswer();
        Withdraw(request);
        if (request.NextSource() is { } next)
        {
            Enqueue(request, next);
        }
        else
        {
            Remove(request);
        }

        Pump(now);
    }

    private static RemotePeer[] PeersOf(ReadOnlySpan<BlockSource> sources)
    {
        var peers = new RemotePeer[sources.Length];
        for (var i = 0; i < peers.Length; i++)
        {
            peers[i] = sources[i].Peer;
        }

        return peers;
    }

    private void NoteAnswer(TimeSpan now, BlockRequest request, RemotePeer from)
    {
        var first = request.FirstAsked is { } source && source.Peer == from ? source : null;
        if (first is not null)
        {
            _answerTime.Add(now - Later(request.FirstAskedAt, first.LastAnswer));
            first.LastTook = now - request.FirstAskedAt;
        }

        if (request.AskedFrom is { } asked && asked.Peer == from)
        {
            asked.Answered(now, request.AskedAt);
        }
        else
        {
            // Its time was up, and somebody else is asked already.
            first?.AnsweredLate(now, request.FirstAskedAt);
        }
    }

    private static TimeSpan Later(TimeSpan asked, TimeSpan? answered) =>
        answered is { } last && last > asked ? last : asked;

    private BlockSource SourceOf(RemotePeer peer)
    {
        if (!_sources.TryGetValue(peer, out var source))
        {
            if (_sources.Count > 2 * (context.Table.All.Count + 1))
            {
                // Nobody looks for what a peer is asked that is not there any more.
                foreach (var gone in _sources.Keys.Where(static known => known.IsForgotten).ToArray())
                {
                    _sources.Remove(gone);
                }
            }

            _sources.Add(peer, source = new BlockSource(peer));
        }

        return source;
    }

    /// <summary>Takes room for one more; if there is none, from the source that has most.</summary>
    /// <returns>False if that is this source itself.</returns>
    private bool MakesRoom(TimeSpan now, BlockSource source)
    {
        _budget.Take(source, size: 0);
        while (_budget.IsExceeded)
        {
            var largest = _budget.Largest();
            if (largest == source || !largest.Waiting.TryDequeue(out var request))
            {
                _budget.GiveBack(source, size: 0);
                return false;
            }

            if (request.IsOpen && request.First == largest)
            {
                GiveUp(now, request);
            }
            else if (request.IsOpen)
            {
                // Somebody else named it first; it is not to wait where nobody looks any more.
                request.RemoveSource(largest);
                AskAnother(now, request);
            }
        }

        return true;
    }

    private bool AddSource(BlockRequest request, BlockSource source)
    {
        if (!request.TryAddSource(source))
        {
            return false;
        }

        if (request.IsOpen)
        {
            // Others may be asked for much before it is their turn for this one.
            Enqueue(request, source);
        }

        return true;
    }

    private void Enqueue(BlockRequest request, BlockSource source)
    {
        source.Waiting.Enqueue(request);
        if (!source.IsInTurn)
        {
            source.IsInTurn = true;
            _turns.Enqueue(source);
        }
    }

    private void NoteNews(BlockRequest request)
    {
        if (!request.IsNews)
        {
            request.IsNews = true;
            _old--;
            Assertions.That(_old >= 0, "Each old one is counted once.");
        }
    }

    private void Withdraw(BlockRequest request)
    {
        if (request.Withdraw())
        {
            _inFlight--;
        }
    }

    private void Remove(BlockRequest request)
    {
        _requests.Remove(request.Id);
        Withdraw(request);
        request.End();
        _budget.GiveBack(request.First, size: 0);
        if (request == _last)
        {
            _last = null;
        }

        if (!request.IsNews)
        {
            _old--;
        }

        Assertions.That(_old >= 0 && _old <= _requests.Count, "The old ones are some of the requests.");
    }

    private void GiveUp(TimeSpan now, BlockRequest request)
    {
        Remove(request);
        context.Reports.Dropped(now, MessageType.GetBlock, DropReason.Expired, context.Self.Id);
    }
}
