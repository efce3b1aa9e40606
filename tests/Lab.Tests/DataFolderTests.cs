using Blockchain.Launching;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests;

/// <summary>What <c>--fresh</c> deletes, and what not.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-data-");
    private readonly NetworkPlan _plan = new([Networks.Peer("5000"), Networks.Peer("5001", 5001)]);

    [Fact]
    public void TryClear_FilesOfThePeers_GoAndNothingElse()
    {
        foreach (var name in (string[])["peer-5000.db", "peer-5001.db", "peer-5002.db"])
        {
            Write(name, OfANode());
        }

        foreach (var suffix in DataFiles.Suffixes.Skip(1).Append(DataFiles.DamagedSuffix + "20260101-000000-000"))
        {
            Write("peer-5000.db" + suffix, []);
        }

        Write("peer-5000.db.mine", []);
        Write("notes.txt", []);

        Assert.Null(DataFolder.TryClear(_folder.FullName, _plan));
        Assert.Equal(
            ["notes.txt", "peer-5000.db.mine", "peer-5002.db"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void TryClear_FileInUse_DeletesNothingAndSaysWhich()
    {
        Write("peer-5000.db", OfANode());
        Write("peer-5001.db", OfANode());
        using var held = new FileStream(
            Path.Combine(_folder.FullName, "peer-5001.db.lock"), FileMode.Create, FileAccess.Write, FileShare.None);

        Assert.Contains(
            "peer-5001.db is in use", DataFolder.TryClear(_folder.FullName, _plan), StringComparison.Ordinal);
        Assert.Equal(3, _folder.GetFiles().Length);
    }

    [Fact]
    public void TryClear_FileOfSomebodyElse_DeletesNothingAndSaysWhich()
    {
        Write("peer-5000.db", OfANode());
        Write("peer-5001.db", "SQLite format 3\0"u8.ToArray());

        Assert.Contains(
            "peer-5001.db does not look like", DataFolder.TryClear(_folder.FullName, _plan), StringComparison.Ordinal);
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public void TryClear_NetworkThatKeepsNothing_SaysSo() =>
        Assert.Contains("keep nothing", DataFolder.TryClear(null, _plan), StringComparison.Ordinal);

    [Fact]
    public void TryClear_FolderThatIsNotThere_IsAsFreshAsCanBe() =>
        Assert.Null(DataFolder.TryClear(Path.Combine(_folder.FullName, "none"), _plan));

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] OfANode()
    {
        var header = new byte[100];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
            header.AsSpan(DataFiles.ApplicationIdAt), DataFiles.ApplicationId);
        return header;
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
}
