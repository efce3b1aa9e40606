using Blockchain.PeerNode.Storage;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Microsoft.Data.Sqlite;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>
/// A file that is not as it was written: what is intact is kept, and the rest is not taken for a block.
/// </summary>
public sealed class DamageTests
{
    private const int Page = NodeSchema.PageSize;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_Undamaged_HasAllAndTheBan(bool inLog)
    {
        using var file = StoredFile.Create(inLog);
        using var open = NodeFile.Open(file.Folder, StoredFile.Owner);

        Assert.Null(open.Report);
        Assert.Equal(file.Blocks.Select(block => block.Id), open.Rows.Blocks.Select(stored => stored.Header.Id));
        Assert.Equal(file.Blocks.Select(block => block.Header), open.Rows.Blocks.Select(stored => stored.Header));
        Assert.All(
            file.Blocks.Zip(open.Rows.Blocks),
            pair => Assert.Equal(
                pair.First.Transactions.Select(one => one.Id),
                pair.Second.Block!.Transactions.Select(one => one.Id)));
        var ban = Assert.Single(open.Rows.Neighbours);
        Assert.Equal((new PeerId("3"), 2.5, TimeSpan.MaxValue), (ban.Peer, ban.Score.Points, ban.BannedUntil));
    }

    [Fact]
    public void Open_BitFlippedAnywhere_LosesOneBlockAtMost()
    {
        using var file = StoredFile.Create();
        var length = (int)new FileInfo(file.Path).Length;
        var random = new SeededRandom(1);
        for (var i = 0; i < 150; i++)
        {
            // The header of the file, those of the pages, and anywhere.
            var at = i < 30 ? random.Next(100)
                : i < 80 ? (random.Next(length / Page) * Page) + random.Next(40)
                : random.Next(length);
            Damage(file, length, bytes => bytes[at] ^= (byte)(1 << random.Next(8)), $"bit flipped at {at}", 1);
        }
    }

    [Fact]
    public void Open_BitFlippedInTheLog_LosesOneBlockAtMost()
    {
        using var file = StoredFile.Create(inLog: true);
        var random = new SeededRandom(2);
        for (var i = 0; i < 60; i++)
        {
            using var copy = file.Copy();
            var log = File.ReadAllBytes(copy.Path + DataFiles.LogSuffix);
            var at = i < 10 ? random.Next(32) : random.Next(log.Length);
            log[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(copy.Path + DataFiles.LogSuffix, log);

            Assert.InRange(copy.Reopen(out _).Count, StoredFile.Count - 1, StoredFile.Count);
        }
    }

    [Fact]
    public void Open_Truncated_KeepsWhatIsInTheRest()
    {
        using var file = StoredFile.Create();
        var length = (int)new FileInfo(file.Path).Length;
        var random = new SeededRandom(3);
        for (var i = 0; i < 60; i++)
        {
            var left = i switch { 0 => 0, 1 => 1, 2 => 99, 3 => Page, _ => random.Next(length) };
            using var copy = file.Copy();
            File.WriteAllBytes(copy.Path, File.ReadAllBytes(copy.Path)[..left]);
            var kept = copy.Reopen(out var report);

            // Rows are written one after the other: of the blocks, about as large a share as of the file is left.
            var what = $"{left} of {length} bytes";
            Assert.True(kept.Count >= (StoredFile.Count * left / length) - 12, $"{what}: {kept.Count}");
            Assert.True(left == 0 || report is not null, $"{what}: nobody was told.");
        }
    }

    [Fact]
    public void Open_LogTruncated_HasTheCommitsBeforeAndWhateverIsIntact()
    {
        using var file = StoredFile.Create(inLog: true);
        var random = new SeededRandom(4);
        for (var i = 0; i < 40; i++)
        {
            using var copy = file.Copy();
            var log = File.ReadAllBytes(copy.Path + DataFiles.LogSuffix);
            var left = random.Next(log.Length);
            File.WriteAllBytes(copy.Path + DataFiles.LogSuffix, log[..left]);
            var kept = copy.Reopen(out var report);

            // What a kill leaves behind is no damage.
            Assert.Null(report);
            Assert.True(kept.Count >= StoredFile.Count / 2, $"{left} of {log.Length} bytes: {kept.Count}");
            Assert.All(file.Blocks[..(StoredFile.Count / 2)], block => Assert.Contains(block.Id, kept));
        }
    }

    [Fact]
    public void Open_TornPages_KeepsTheOthers()
    {
        using var file = StoredFile.Create();
        var length = (int)new FileInfo(file.Path).Length;
        for (var page = 0; page < length / Page; page++)
        {
            var at = page * Page;
            Damage(file, length, bytes => bytes.AsSpan(at + (Page / 2), Page / 2).Clear(), $"page {page} torn", 12);
            Damage(file, length, bytes => bytes.AsSpan(at, Page).Clear(), $"page {page} zero", 12);
        }
    }

    [Fact]
    public void Open_DamagedFile_IsPutAsideAsItWas()
    {
        using var file = StoredFile.Create();
        var bytes = File.ReadAllBytes(file.Path);
        bytes.AsSpan(Page, 3 * Page).Fill(0xA5);
        File.WriteAllBytes(file.Path, bytes);
        file.Reopen(out var report);

        var aside = Assert.Single(Directory.GetFiles(file.Folder, "*" + DataFiles.DamagedSuffix + "*"));
        Assert.Equal(bytes, File.ReadAllBytes(aside));
        Assert.Contains(aside, report, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', report!);
    }

    [Fact]
    public void Open_MendingWasInterrupted_GoesOnWithIt()
    {
        using var file = StoredFile.Create();
        using var half = StoredFile.Create(count: 10);
        File.Copy(half.Path, file.Path + DataFiles.UnfinishedSuffix);
        Assert.Equal(StoredFile.Count, file.Reopen(out _).Count);

        // Or only the new one is left.
        File.Move(file.Path, file.Path + DataFiles.UnfinishedSuffix);
        Assert.Equal(StoredFile.Count, file.Reopen(out _).Count);
        Assert.False(File.Exists(file.Path + DataFiles.UnfinishedSuffix));
    }

    [Fact]
    public void Open_FileOfANewerVersion_IsRefusedAndLeftAlone()
    {
        using var file = StoredFile.Create(count: 4);
        Execute(file, "UPDATE node SET version = 2; PRAGMA user_version = 2; DROP TABLE blocks; DROP TABLE neighbours");
        AssertRefused(file, "is of a newer version of this program (2; this one knows 1).");
    }

    [Fact]
    public void Open_FileOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        using var file = StoredFile.Create(count: 0);
        File.Delete(file.Path);
        Execute(file, "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')");
        AssertRefused(file, "is not a node's file.");
        File.WriteAllText(file.Path, "a letter to somebody");
        AssertRefused(file, "is not a node's file.");
        File.WriteAllText(file.Path, new string('x', 10_000));
        AssertRefused(file, "is not a node's file.");
    }

    [Fact]
    public void Open_FileOfAnotherPeer_IsRefusedAndLeftAlone()
    {
        using var file = StoredFile.Create(count: 4);
        Execute(file, $"UPDATE node SET peer = '7', checksum = {StoredRows.Checksum("7", 1, 0, 0)}");
        AssertRefused(file, "is the file of peer 7.");
    }

    [Fact]
    public void Open_Twice_IsRefusedWhileTheFirstLives()
    {
        using var file = StoredFile.Create(count: 4);
        using (NodeFile.Open(file.Folder, StoredFile.Owner))
        {
            AssertRefused(file, "is in use by another node.");
        }

        Assert.Equal(4, file.Reopen(out _).Count);
    }

    [Fact]
    public void Open_WhereNothingCanBeWritten_IsRefusedInOneLine()
    {
        using var folder = new TestFolder();
        folder.Write("file", "");
        var refused = Assert.Throws<StorageException>(
            () => NodeFile.Open(Path.Combine(folder.Path, "file", "below"), StoredFile.Owner));
        Assert.StartsWith("peer 1 cannot keep its blocks in ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("5000", "peer-5000.db")]
    [InlineData("A\\b:é", "peer-A%5cb%3a%c3%a9.db")]
    [InlineData("..", "peer-%2e%2e.db")]
    public void NameOf_AnyId_IsAPlainFileName(string id, string name) =>
        Assert.Equal(name, DataFiles.NameOf(new PeerId(id)));

    /// <param name="mayLose">How many blocks may have been in what was damaged.</param>
    private static void Damage(StoredFile file, int length, Action<byte[]> damage, string what, int mayLose)
    {
        using var copy = file.Copy();
        var bytes = File.ReadAllBytes(copy.Path);
        Assert.Equal(length, bytes.Length);
        damage(bytes);
        File.WriteAllBytes(copy.Path, bytes);
        var kept = copy.Reopen(out var report);
        Assert.True(kept.Count >= StoredFile.Count - mayLose, $"{what}: {kept.Count} of {StoredFile.Count} kept");
        Assert.True(kept.Count == StoredFile.Count || report is not null, $"{what}: nobody was told.");
    }

    private static void Execute(StoredFile file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        command.CommandText = "VACUUM";
        command.ExecuteNonQuery();
    }

    private static void AssertRefused(StoredFile file, string because)
    {
        var before = File.ReadAllBytes(file.Path);
        var refused = Assert.Throws<StorageException>(() => NodeFile.Open(file.Folder, StoredFile.Owner));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }
}
