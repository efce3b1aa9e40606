using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// The blocks that we ask for: each from one peer at a time, from the next one that has it when the answer does not
/// come, five times in all.
/// </summary>
internal sealed class BlockRequests(PeerContext context, Announcements announcements)
{
    private const int MaxAttempts = 5;

    /// <summary>
    /// So many blocks are on their way at most, so that a long catch-up does not overflow the sender's queue.
    /// </summary>
    private const int MaxInFlight = 32;

    /// <summary>A slow source that still delivers is not asked again; nor may it keep us waiting for ever.</summary>
    private const int MaxExtensions = 10;

    /// <summary>However slow answers are, so many request timeouts are all that one is given.</summary>
    private const int MaxTimeouts = 8;

    /// <summary>Ids that wait at most; header exchange brings back what is turned away here.</summary>
    private const int MaxWanted = 20_000;

    private readonly Dictionary<Hash256, BlockRequest> _requests = [];
    private readonly Queue<Hash256> _waiting = new();
    private int _inFlight;
    private AnswerTime _answerTime;

    /// <summary>How many of the requests are for blocks that are no news.</summary>
    private int _old;

    /// <summary>The block that was wanted last, and its request; null: it is wanted no more.</summary>
    private Hash256 _lastId;
    private BlockRequest? _last;

    /// <summary>Whether blocks are asked for that nobody has announced to us.</summary>
    public bool IsCatchingUp => _old > 0;

    public bool IsWanted(Hash256 id) => _requests.ContainsKey(id);

    /// <summary>Whether the block is the one that was wanted last; if so, notes who else announces it.</summary>
    /// <param name="isNew">False if it had said so before.</param>
    public bool TryAddSource(Hash256 id, RemotePeer source, out bool isNew)
    {
        isNew = false;
        if (_last is null || id != _lastId)
        {
            return false;
        }

        Assertions.That(
            !Assertions.AreOn || _requests.ContainsKey(id),
            "The block that was wanted last is wanted still.");
        isNew = _last.AddSource(source);
        NoteNews(_last);
        return true;
    }

    /// <summary>A peer says that it has these blocks, none of which we have.</summary>
    /// <param name="isNews">Whether it announces them.</param>
    public void Want(TimeSpan now, RemotePeer source, IReadOnlyList<Hash256> ids, bool isNews)
    {
        Assertions.That(!context.Self.Light, "A light peer asks for headers.");
        for (var i = 0; i < ids.Count; i++)
        {
            var id = ids[i];
            if (_requests.TryGetValue(id, out var request))
            {
                request.AddSource(source);
                if (isNews)
                {
                    NoteNews(request);
                }
            }
            else if (_requests.Count < MaxWanted)
            {
                _last = new BlockRequest(source) { IsNews = isNews };
                _lastId = id;
                _old += isNews ? 0 : 1;
                _requests.Add(id, _last);
                _waiting.Enqueue(id);
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
        var request = Remove(id);
        if (from is not null)
        {
            if (request is not null && request.FirstAsked == from)
            {
                _answerTime.Add(now - Later(request.FirstAskedAt, from.LastBlock));
            }

            from.LastBlock = now;
        }

        if (request is { IsInFlight: true })
        {
            _inFlight--;
        }

        Pump(now);
        Assertions.That(!Assertions.AreOn || !IsWanted(id), "What is here is asked for no more.");
        isNews = request?.IsNews ?? true;
        return new Holders(from, request is null ? [] : request.Sources);
    }

    /// <summary>What this source gave as the block was not the block: from it, nobody wants it any more.</summary>
    public void Refuted(TimeSpan now, Hash256 id, RemotePeer source)
    {
        if (!_requests.TryGetValue(id, out var request))
        {
            return;
        }

        var othersLeft = request.RemoveSource(source);
        if (request.AskedFrom != source)
        {
            // Nobody asked it, and what another one was asked for is still on its way.
            return;
        }

        request.AskedFrom = null;
        _inFlight--;
        if (othersLeft)
        {
            _waiting.Enqueue(id);
        }
        else
        {
            Remove(id);
        }

        Pump(now);
    }

    private static TimeSpan Later(TimeSpan asked, TimeSpan? delivered) =>
        delivered is { } last && last > asked ? last : asked;

    private void NoteNews(BlockRequest request)
    {
        if (!request.IsNews)
        {
            request.IsNews = true;
            _old--;
            Assertions.That(_old >= 0, "Each old one is counted once.");
        }
    }

    private BlockRequest? Remove(Hash256 id)
    {
        _requests.Remove(id, out var request);
        if (request == _last)
        {
            _last = null;
        }

        if (request is { IsNews: false })
        {
            _old--;
        }

        Assertions.That(_old >= 0 && _old <= _requests.Count, "The old ones are some of the requests.");
        return request;
    }

    private void Pump(TimeSpan now)
    {
        Assertions.That(_inFlight is >= 0 and <= MaxInFlight, "Who is asked no more was asked before.");
        if (_waiting.Count == 0)
        {
            return;
        }

        RemotePeer? source = null;
        var batch = new List<Hash256>(Math.Min(_waiting.Count, MaxInFlight));
        while (_inFlight < MaxInFlight && _waiting.TryDequeue(out var id))
        {
            if (!_requests.TryGetValue(id, out var request) || request.IsInFlight)
            {
                continue;
            }

            if (request.Attempts >= MaxAttempts || request.NextSource() is not { } next)
            {
                Remove(id);
                context.Reports.Dropped(now, MessageType.GetBlock, DropReason.Expired, context.Self.Id);
                continue;
            }

            if (source is not null && source != next)
            {
                Ask(now, source, batch);
                batch = [];
            }

            Assertions.That(next.IsUsable, "Nobody is asked who is banned, forgotten or away.");
            source = next;
            request.Ask(now, next);
            _inFlight++;
            batch.Add(id);
        }

        if (source is not null && batch.Count > 0)
        {
            Ask(now, source, batch);
        }
    }

    private void Ask(TimeSpan now, RemotePeer source, List<Hash256> ids)
    {
        Assertions.That(ids.Count is > 0 and <= MaxInFlight, "A question is about something, and not about too much.");
        context.Send(now, source, new GetBlock(context.Self.Id, ids, context.Random.NextMessageId()));
        var patience = Patience(source);
        context.Timers.Schedule(now + patience, later => Expire(later, source, ids, patience, MaxExtensions));
    }

    private void Expire(
        TimeSpan now, RemotePeer source, IReadOnlyList<Hash256> ids, TimeSpan patience, int extensions)
    {
        if (!IsAwaited(source, ids))
        {
            return;
        }

        if (extensions > 0 && source.LastBlock is { } last && now - last < patience)
        {
            context.Timers.Schedule(last + patience, later => Expire(later, source, ids, patience, extensions - 1));
            return;
        }

        foreach (var id in ids)
        {
            if (_requests.TryGetValue(id, out var request) && request.AskedFrom == source)
            {
                request.AskedFrom = null;
                _inFlight--;
                _waiting.Enqueue(id);
            }
        }

        var wasCatchingUp = IsCatchingUp;
        Pump(now);
        if (wasCatchingUp && !IsCatchingUp)
        {
            announcements.CaughtUp(now, holders: default);
        }
    }

    private TimeSpan Patience(RemotePeer source)
    {
        var usual = context.Patience(source);
        var longest = MaxTimeouts * context.Settings.RequestTimeout;
        var measured = _answerTime.Limit < longest ? _answerTime.Limit : longest;
        return measured > usual ? measured : usual;
    }

    private bool IsAwaited(RemotePeer source, IReadOnlyList<Hash256> ids)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (_requests.TryGetValue(ids[i], out var request) && request.AskedFrom == source)
            {
                return true;
            }
        }

        return false;
    }
}
