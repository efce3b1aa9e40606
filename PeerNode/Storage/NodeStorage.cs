using System.Collections.Concurrent;
using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;
using Microsoft.Data.Sqlite;

namespace Blockchain.PeerNode.Storage;

/// <summary>
/// Keeps what the peer must know again, on a thread of its own: whatever has come while a commit lasted is the next
/// one. The event loop never waits for it, and is told of each commit (<see cref="BlocksStored"/>).
/// </summary>
internal sealed partial class NodeStorage : IPeerStorage, IDisposable
{
    /// <summary>Rows of one commit, so that none lasts long.</summary>
    private const int MaxBatch = 2_000;

    /// <summary>After this time a disk that has refused is tried again.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly NodeFile _file;
    private readonly LoopMailbox _mailbox;
    private readonly ILogger _logger;
    private readonly PeerId _self;
    private readonly BlockingCollection<Entry> _queue = [];
    private readonly ManualResetEventSlim _stopping = new();
    private readonly OutputGate _gate;
    private readonly Thread _writer;

    /// <summary>Blocks of the file that are not in the tree yet, since one below them was lost.</summary>
    private readonly HashSet<Hash256> _waiting = [];

    private long _told;
    private long _blocks;
    private volatile string? _problem;

    public NodeStorage(NodeFile file, NodeOptions options, LoopMailbox mailbox, ILoggerFactory loggers)
    {
        _file = file;
        _mailbox = mailbox;
        _self = options.Plan.Id;
        _logger = loggers.CreateLogger(LogCategories.Node);
        _gate = new OutputGate(_self);
        _blocks = file.Database.Count;
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "storage" };
    }

    /// <summary>For the event loop only, as are the methods of <see cref="IPeerStorage"/>.</summary>
    public OutputGate Gate => _gate;

    public string Path => _file.Path;

    /// <summary>How many blocks are stored.</summary>
    public long Blocks => Volatile.Read(ref _blocks);

    /// <summary>Why nothing can be stored now, in words for people; null: all is well.</summary>
    public string? Problem => _problem;

    /// <summary>Gives the peer back what is stored, before it starts.</summary>
    /// <param name="now">When it is restored.</param>
    /// <param name="attached">Is given each block that is in the tree by this, parents before children.</param>
    public void Restore(TimeSpan now, Peer peer, Action<ChainNode> attached)
    {
        var clock = Stopwatch.StartNew();
        if (_file.Report is { } report)
        {
            Mended(_self.Value, report);
        }

        var isLight = peer.Info.Light;
        foreach (var stored in _file.Rows.Blocks)
        {
            if (!isLight && stored.Block is null)
            {
                // It was a light peer when it stored this header.
                continue;
            }

            var nodes = peer.Restore(stored.AcceptedAt, stored.Header, isLight ? null : stored.Block);
            if (nodes.Count == 0)
            {
                _waiting.Add(stored.Header.Id);
            }

            foreach (var node in nodes)
            {
                _waiting.Remove(node.Id);
                attached(node);
            }
        }

        peer.Restore(now, _file.Rows.Neighbours);

        if (_file.Rows.Blocks.Count > 0)
        {
            Restored(
                _self.Value, _file.Rows.Blocks.Count, Path, peer.Ledger.Chain.Height, clock.ElapsedMilliseconds);
        }

        _writer.Start();
    }

    public void Accepted(ChainNode node)
    {
        if (_waiting.Remove(node.Id))
        {
            return;
        }

        _told++;
        _gate.Close(node.Header, _told);
        Add(new Entry(_told, node, null));
    }

    public void Blamed(Standing standing) => Add(new Entry(_told, null, standing));

    /// <summary>Takes nothing more, and waits until all is written, for a time.</summary>
    /// <returns>Whether all is.</returns>
    public bool Finish(TimeSpan deadline)
    {
        _queue.CompleteAdding();
        if (_problem is not null)
        {
            _stopping.Set();
        }

        var isDone = !_writer.IsAlive || _writer.Join(deadline);
        _stopping.Set();
        return isDone && _problem is null;
    }

    public void Dispose()
    {
        Finish(RetryDelay);
        if (!_writer.IsAlive || _writer.Join(RetryDelay))
        {
            _file.Dispose();
            _queue.Dispose();
            _stopping.Dispose();
        }
    }

    private void Add(in Entry entry)
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.Add(entry);
        }
    }

    private void WriteAll()
    {
        var blocks = new List<StoredBlock>();
        var neighbours = new Dictionary<PeerId, Standing>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            blocks.Clear();
            neighbours.Clear();
            var last = first;
            var hasOwn = Take(first, blocks, neighbours);
            while (blocks.Count < MaxBatch && _queue.TryTake(out var next))
            {
                last = next;
                hasOwn |= Take(next, blocks, neighbours);
            }

            if (!TryWrite(blocks, neighbours.Values, hasOwn))
            {
                return;
            }

            Volatile.Write(ref _blocks, _file.Database.Count);
            Post(new BlocksStored(last.Number));
        }
    }

    /// <returns>Whether it is a block of our own.</returns>
    private bool Take(in Entry entry, List<StoredBlock> blocks, Dictionary<PeerId, Standing> neighbours)
    {
        if (entry.Neighbour is { } standing)
        {
            neighbours[standing.Peer] = standing;
        }

        if (entry.Node is not { } node)
        {
            return false;
        }

        blocks.Add(StoredBlock.Of(node));
        return node.Header.Sender == _self;
    }

    /// <summary>Tries until it is written. Only a block of our own is nowhere else, so that it must reach the
    /// disk.</summary>
    /// <returns>False if the node stops before that.</returns>
    private bool TryWrite(List<StoredBlock> blocks, Dictionary<PeerId, Standing>.ValueCollection neighbours,
        bool hasOwn)
    {
        while (true)
        {
            try
            {
                _file.Database.Write(blocks, neighbours, waitForDisk: hasOwn);
                if (_problem is not null)
                {
                    _problem = null;
                    Recovered(_self.Value, Path);
                    Post(StorageChanged.Instance);
                }

                return true;
            }
            catch (SqliteException e)
            {
                if (_problem is null)
                {
                    _problem = NodeFile.ReasonOf(e);
                    Failed(_self.Value, Path, _problem);
                    Post(StorageChanged.Instance);
                }

                if (_stopping.Wait(RetryDelay))
                {
                    return false;
                }
            }
        }
    }

    // The loop takes whatever is posted, and never waits for this thread.
    private void Post(PeerInput input) => _mailbox.PostAsync(input).AsTask().GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Information, "Peer {Id} has {Count} blocks back from {Path}: height {Height}, after "
        + "{Milliseconds} ms")]
    private partial void Restored(string id, int count, string path, int height, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "Peer {Id}: {Report}")]
    private partial void Mended(string id, string report);

    [LoggerMessage(LogLevel.Error, "Peer {Id} cannot store blocks in {Path}: {Reason}. It makes none, goes on with "
        + "those of others, and tries again every second")]
    private partial void Failed(string id, string path, string reason);

    [LoggerMessage(LogLevel.Warning, "Peer {Id} stores blocks in {Path} again")]
    private partial void Recovered(string id, string path);

    /// <param name="Number">Of the last block that was told before it, this one included.</param>
    private readonly record struct Entry(long Number, ChainNode? Node, Standing? Neighbour);
}
