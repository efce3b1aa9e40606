using Blockchain.PeerNode.Storage;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>A node's file with a chain of blocks in it, some of which are longer than a page, to be damaged.</summary>
internal sealed class StoredFile : IDisposable
{
    public const int Count = 60;

    public static readonly PeerId Owner = new("1");

    private readonly TestFolder _folder = new();

    private StoredFile(Block[] blocks) => Blocks = blocks;

    public Block[] Blocks { get; }

    public string Folder => _folder.Path;

    public string Path => System.IO.Path.Combine(Folder, DataFiles.NameOf(Owner));

    /// <param name="inLog">The last ones are in the write-ahead log only, as after a kill.</param>
    public static StoredFile Create(bool inLog = false, int count = Count)
    {
        var file = new StoredFile(Chain(count));
        using var open = NodeFile.Open(file.Folder, Owner);
        Write(open, file.Blocks[..(count / 2)]);
        if (!inLog)
        {
            Write(open, file.Blocks[(count / 2)..]);
            return file;
        }

        // A copy of an open file is what a killed process leaves behind.
        open.Dispose();
        using var killed = NodeFile.Open(file.Folder, Owner);
        foreach (var part in file.Blocks[(count / 2)..].Chunk(5))
        {
            Write(killed, part);
        }

        var bytes = File.ReadAllBytes(file.Path);
        var log = File.ReadAllBytes(file.Path + DataFiles.LogSuffix);
        killed.Dispose();
        File.WriteAllBytes(file.Path, bytes);
        File.WriteAllBytes(file.Path + DataFiles.LogSuffix, log);
        return file;
    }

    public static Block[] Chain(int count)
    {
        var blocks = new Block[count];
        for (var i = 0; i < count; i++)
        {
            var transactions = Enumerable.Range(0, i % 7 == 3 ? 60 : i % 4)
                .Select(j => TransactionFactory.Create("3", "1", (1000 * i) + j, 1_700_000_000.5));
            blocks[i] = BlockFactory.Create(
                new PeerId(i % 2 == 0 ? "1" : "3"),
                1_700_000_000 + i,
                i == 0 ? Hash256.Genesis : blocks[i - 1].Id,
                [.. transactions]);
        }

        return blocks;
    }

    public static void Write(NodeFile open, IEnumerable<Block> blocks) => open.Database.Write(
        [.. blocks.Select((block, i) => new StoredBlock(TimeSpan.FromSeconds(i), block.Header, block))],
        [new Standing(new PeerId("3"), 3, new Score(2.5, TimeSpan.FromSeconds(9)), TimeSpan.MaxValue)],
        waitForDisk: true);

    /// <summary>A copy of the file as it is now, in a folder of its own.</summary>
    public StoredFile Copy()
    {
        var copy = new StoredFile(Blocks);
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, System.IO.Path.Combine(copy.Folder, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Opens it, and again, when nothing more may be wrong; and the ids of what was in it.</summary>
    public HashSet<Hash256> Reopen(out string? report)
    {
        HashSet<Hash256> ids;
        using (var open = NodeFile.Open(Folder, Owner))
        {
            report = open.Report;
            ids = Ids(open);
            Assert.All(open.Rows.Blocks, stored => Assert.Equal(
                Blocks.Single(block => block.Id == stored.Header.Id).Json, stored.Block!.Json, Bytes));
        }

        using var again = NodeFile.Open(Folder, Owner);
        Assert.Null(again.Report);
        Assert.Equal(ids, Ids(again));
        return ids;
    }

    public void Dispose() => _folder.Dispose();

    private static bool Bytes(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        one.Span.SequenceEqual(other.Span);

    private static HashSet<Hash256> Ids(NodeFile open) => [.. open.Rows.Blocks.Select(stored => stored.Header.Id)];
}
