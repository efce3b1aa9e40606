using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <content>Who is asked for what, when, and what follows if no answer comes.</content>
internal sealed partial class BlockRequests
{
    /// <summary>Gives each one who has something waiting its turn.</summary>
    private void Pump(TimeSpan now)
    {
        Assertions.That(_inFlight >= 0, "Who is asked no more was asked before.");
        for (var left = _turns.Count; left > 0 && _turns.TryDequeue(out var source); left--)
        {
            source.IsInTurn = false;
            var batch = TakeBatch(now, source);
            if (batch is not null)
            {
                Ask(now, source, batch);
            }

            if (source.Waiting.Count > 0 && !source.IsInTurn)
            {
                source.IsInTurn = true;
                _turns.Enqueue(source);
            }
        }
    }

    /// <summary>Takes those that may be asked of a source now.</summary>
    private List<Hash256>? TakeBatch(TimeSpan now, BlockSource source)
    {
        List<Hash256>? batch = null;
        while (source.Waiting.TryPeek(out var request))
        {
            if (!request.IsOpen)
            {
                source.Waiting.Dequeue();
            }
            else if (request.Attempts >= MaxAttempts)
            {
                source.Waiting.Dequeue();
                GiveUp(now, request);
            }
            else if (!source.Peer.IsUsable || !request.Sources.Contains(source))
            {
                // It is away or banned, gave something false, or made room for one that answers better.
                source.Waiting.Dequeue();
                AskAnother(now, request);
            }
            else if (HasRoom(source))
            {
                source.Waiting.Dequeue();
                request.Ask(now, source);
                _inFlight++;
                (batch ??= new List<Hash256>()).Add(request.Id);
            }
            else
            {
                break;
            }
        }

        return batch;
    }

    /// <summary>A source that has not kept us waiting always has room for one block.</summary>
    private bool HasRoom(BlockSource source) => source.InFlight < source.Window
        && (source.InFlight + 1 < MaxInFlight - _inFlight || source is { InFlight: 0, Unanswered: 0 });

    private void Ask(TimeSpan now, BlockSource source, List<Hash256> ids)
    {
        Assertions.That(source.Peer.IsUsable, "Nobody is asked who is banned, forgotten or away.");
        Assertions.That(ids.Count is > 0 and <= MaxInFlight, "A question is about something, and not about too much.");
        var question = new GetBlock(context.Self.Id, ids, context.Random.NextMessageId())
        {
            Compact = ids.Count == 1 && _requests[ids[0]].IsNews && relay.WantsCompact(source.Peer, ids[0]),
        };
        context.Send(now, source.Peer, question);
        var patience = context.Patience(source.Peer, source.LastTook, _answerTime.Limit);
        context.Timers.Schedule(now + patience, later => Expire(later, source, ids, now, patience, MaxExtensions));
    }

    private void AskAnother(TimeSpan now, BlockRequest request)
    {
        if (request.NextSource() is { } next)
        {
            Enqueue(request, next);
        }
        else
        {
            GiveUp(now, request);
        }
    }

    private void Expire(
        TimeSpan now, BlockSource source, List<Hash256> ids, TimeSpan asked, TimeSpan patience, int extensions)
    {
        var late = ids.FindAll(id => _requests.TryGetValue(id, out var request) && request.AskedFrom == source);
        if (late.Count == 0)
        {
            return;
        }

        if (extensions > 0 && source.LastAnswer is { } last && now - last < patience && source.IsStillAt(asked))
        {
            context.Timers.Schedule(
                last + patience, later => Expire(later, source, ids, asked, patience, extensions - 1));
            return;
        }

        var wasCatchingUp = IsCatchingUp;
        source.DidNotAnswer();
        foreach (var id in late)
        {
            var request = _requests[id];
            Withdraw(request);
            AskAnother(now, request);
        }

        if (source.Unanswered >= MaxUnanswered)
        {
            Abandon(now, source);
        }

        Pump(now);
        if (wasCatchingUp && !IsCatchingUp)
        {
            announcements.CaughtUp(now, holders: default);
        }
    }

    /// <summary>Whatever else it has named, it will not deliver.</summary>
    private void Abandon(TimeSpan now, BlockSource source)
    {
        for (var left = source.Waiting.Count; left > 0; left--)
        {
            var request = source.Waiting.Dequeue();
            if (request.IsOpen)
            {
                request.RemoveSource(source);
                AskAnother(now, request);
            }
        }
    }
}
