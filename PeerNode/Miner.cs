using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Making;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode;

/// <summary>
/// Does the work for this node's blocks on a thread of its own, which rests three quarters of the time: a laboratory
/// has
/// many nodes on one machine. Begun with the first search.
/// </summary>
internal sealed class Miner(NodeOptions options, LoopMailbox mailbox) : IMiner, IDisposable
{
    /// <summary>Of one processor.</summary>
    private const double Share = 0.25;

    private const int TriesAtOnce = 1_024;

    private readonly Lock _lock = new();
    private readonly AutoResetEvent _changed = new(false);
    private Thread? _thread;
    private Block? _template;
    private bool _isDisposed;

    public void Search(Block template) => Set(template);

    public void Stop() => Set(null);

    public void Dispose()
    {
        Thread? thread;
        lock (_lock)
        {
            _isDisposed = true;
            thread = _thread;
        }

        _changed.Set();
        thread?.Join();
        _changed.Dispose();
    }

    private void Set(Block? template)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _template = template;
            if (_thread is null && template is not null)
            {
                _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.BelowNormal };
                _thread.Start();
            }
        }

        _changed.Set();
    }

    private void Run()
    {
        while (!_isDisposed)
        {
            Block? template;
            lock (_lock)
            {
                template = _template;
            }

            if (template is null)
            {
                _changed.WaitOne();
                continue;
            }

            using var search = new NonceSearch(template, options.Network.Work);
            if (Find(search, template) is { } found)
            {
                lock (_lock)
                {
                    _template = ReferenceEquals(_template, template) ? null : _template;
                }

                var posted = mailbox.PostAsync(new Question((peer, now) => peer.Mined(now, found)));
                posted.AsTask().GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Null when something else is to be looked for, or nothing.</summary>
    private Block? Find(NonceSearch search, Block template)
    {
        for (ulong nonce = 0; ; nonce += TriesAtOnce)
        {
            var started = Stopwatch.GetTimestamp();
            if (search.Try(nonce, TriesAtOnce) is { } found)
            {
                return found;
            }

            _changed.WaitOne(Stopwatch.GetElapsedTime(started) * ((1 / Share) - 1));
            lock (_lock)
            {
                if (_isDisposed || !ReferenceEquals(_template, template))
                {
                    return null;
                }
            }
        }
    }
}
