using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Storage;

/// <summary>
/// Holds back what speaks of a block that is not stored yet, so that nobody ever hears of one that a killed process
/// would lose: what is said to the outside waits for the state that it depends on ("output commit" in E. N. Elnozahy et
/// al., "A survey of rollback-recovery protocols", 2002). All else goes on. Belongs to the event loop.
/// </summary>
internal sealed class OutputGate(PeerId self)
{
    /// <summary>More is not held back, but fails as on a full queue.</summary>
    public const int MaxHeld = 10_000;

    /// <summary>The blocks that are not stored yet, and in the order in which they will be.</summary>
    private readonly Dictionary<Hash256, long> _unstored = [];
    private readonly Queue<(long Number, Hash256 Id, bool IsOwn)> _order = new();

    private readonly Queue<(long Number, Transmission Transmission)> _held = new();
    private readonly Queue<(long Number, TaskCompletionSource Stored)> _waiters = new();
    private long _stored;
    private long _last;
    private bool _isFailing;

    /// <summary>Whether nothing can be stored for now. Then only blocks of our own are held back, which nobody else
    /// has.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set
        {
            _isFailing = value;
            if (value)
            {
                OpenForOthers();
                Complete(long.MaxValue);
            }
        }
    }

    /// <summary>A block was accepted and is not stored.</summary>
    /// <param name="number">Greater than that of all before it.</param>
    public void Close(BlockHeader block, long number)
    {
        var isOwn = block.Sender == self;
        if (!_isFailing || isOwn)
        {
            _last = number;
            _unstored[block.Id] = number;
            _order.Enqueue((number, block.Id, isOwn));
        }
    }

    /// <summary>All blocks up to this number are stored.</summary>
    /// <param name="release">Is given what may leave now, in its order.</param>
    public void Open(long number, Action<Transmission> release)
    {
        _stored = Math.Max(_stored, number);
        while (_order.TryPeek(out var next) && next.Number <= _stored)
        {
            _order.Dequeue();
            _unstored.Remove(next.Id);
        }

        Complete(_stored);
        while (_held.TryPeek(out var first) && first.Number <= _stored)
        {
            release(_held.Dequeue().Transmission);
        }
    }

    /// <summary>Lets out what waits for nothing any more, also where something before it still does.</summary>
    public void ReleaseAll(Action<Transmission> release)
    {
        for (var left = _held.Count; left > 0; left--)
        {
            var next = _held.Dequeue();
            if (Needs(next.Transmission.Message) > _stored)
            {
                _held.Enqueue(next);
            }
            else
            {
                release(next.Transmission);
            }
        }
    }

    /// <summary>Whether it must wait, and is kept here until then.</summary>
    /// <param name="hasRoom">False if it must wait and there is no room for it.</param>
    public bool Holds(in Transmission transmission, out bool hasRoom)
    {
        hasRoom = true;
        if (_unstored.Count == 0)
        {
            return false;
        }

        var needs = Needs(transmission.Message);
        if (needs <= _stored)
        {
            return false;
        }

        hasRoom = _held.Count < MaxHeld;
        if (hasRoom)
        {
            _held.Enqueue((needs, transmission));
        }

        return true;
    }

    /// <summary>Completes when all that was accepted until now is stored, or cannot be.</summary>
    public Task WhenStored()
    {
        if (_unstored.Count == 0 || _isFailing)
        {
            return Task.CompletedTask;
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Enqueue((_last, waiter));
        return waiter.Task;
    }

    private void Complete(long number)
    {
        while (_waiters.TryPeek(out var next) && next.Number <= number)
        {
            _waiters.Dequeue().Stored.SetResult();
        }
    }

    private void OpenForOthers()
    {
        var own = _order.Where(block => block.IsOwn).ToArray();
        _order.Clear();
        _unstored.Clear();
        foreach (var block in own)
        {
            _order.Enqueue(block);
            _unstored.Add(block.Id, block.Number);
        }
    }

    /// <summary>The number of the last block that a message speaks of and that is not stored; zero: none.</summary>
    private long Needs(Message message) => message switch
    {
        Inv inventory => Last(inventory.BlockIds),
        Block block => NumberOf(block.Id),
        BlockHeaders { Headers: var headers } => headers.Count == 0
            ? 0
            : headers.Max(header => NumberOf(header.Id)),
        GetBlockHeaders request => Last(request.Locator),
        Relay relay => Needs(relay.Payload),
        _ => 0,
    };

    private long Last(IReadOnlyList<Hash256> ids)
    {
        var last = 0L;
        for (var i = 0; i < ids.Count; i++)
        {
            last = Math.Max(last, NumberOf(ids[i]));
        }

        return last;
    }

    private long NumberOf(Hash256 id) => _unstored.GetValueOrDefault(id);
}
