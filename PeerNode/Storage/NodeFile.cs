using System.Buffers.Binary;
using System.Globalization;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Microsoft.Data.Sqlite;

namespace Blockchain.PeerNode.Storage;

/// <summary>
/// Opens the file of one peer, so that it is whole afterwards: a new one is made, a damaged one is put aside and a new
/// one made of all that is intact in it. Or says in one line why not.
/// </summary>
internal sealed class NodeFile : IDisposable
{
    private static readonly byte[] Magic = "SQLite format 3\0"u8.ToArray();

    private readonly FileStream _lock;

    private NodeFile(string path, FileStream held, NodeDatabase database, StoredRows rows, string? report)
    {
        Path = path;
        _lock = held;
        Database = database;
        Rows = rows;
        Report = report;
    }

    public string Path { get; }

    public NodeDatabase Database { get; }

    /// <summary>What was in it.</summary>
    public StoredRows Rows { get; }

    /// <summary>What was wrong with it and what was done, in one line; null: nothing.</summary>
    public string? Report { get; }

    /// <exception cref="StorageException">Why it cannot be, in one line.</exception>
    public static NodeFile Open(string folder, PeerId owner)
    {
        var path = System.IO.Path.Combine(folder, DataFiles.NameOf(owner));
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = Lock(path, owner);
            return Open(path, owner, held);
        }
        catch (Exception e)
        {
            held?.Dispose();
            if (e is IOException and not StorageException or UnauthorizedAccessException or SqliteException)
            {
                throw new StorageException($"peer {owner} cannot keep its blocks in {path}: {ReasonOf(e)}", e);
            }

            throw;
        }
    }

    /// <summary>Why the disk refuses, in words for people.</summary>
    public static string ReasonOf(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL } => "the disk is full",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN
            or SQLitePCL.raw.SQLITE_PERM } => "this user may not write there",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR } => "the disk fails to read or write",
        UnauthorizedAccessException => "this user may not write there",
        _ => failure.Message.ReplaceLineEndings(" "),
    };

    public void Dispose()
    {
        Database.Dispose();
        _lock.Dispose();
    }

    /// <summary>
    /// A file of its own, since the system lets go of SQLite's locks as soon as this process closes the file for any
    /// other reason. It stays there: who removed it could remove one that somebody has locked meanwhile.
    /// </summary>
    private static FileStream Lock(string path, PeerId owner)
    {
        var name = path + DataFiles.LockSuffix;
        try
        {
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException)
            && File.Exists(name) && HasRoom(path))
        {
            throw new StorageException($"peer {owner}: {path} is in use by another node.", e);
        }
    }

    /// <summary>Whether it is not for lack of room that a file cannot be opened.</summary>
    private static bool HasRoom(string path) =>
        new DriveInfo(System.IO.Path.GetDirectoryName(path)!).AvailableFreeSpace > 0;

    private static NodeFile Open(string path, PeerId owner, FileStream held)
    {
        var log = File.Exists(path + DataFiles.LogSuffix) ? File.ReadAllBytes(path + DataFiles.LogSuffix) : [];
        var exists = File.Exists(path) && new FileInfo(path).Length > 0;
        string? report = null;
        if (!exists || !HasUsualHeader(path) || File.Exists(path + DataFiles.UnfinishedSuffix))
        {
            report = Rebuild(path, owner, log);
        }

        return TryOpen(path, owner, held, log, report)
            ?? TryOpen(path, owner, held, [], Rebuild(path, owner, log))
            ?? throw new StorageException($"peer {owner}: {path} is damaged, and so again when it was mended.");
    }

    /// <summary>Null if it is damaged.</summary>
    private static NodeFile? TryOpen(string path, PeerId owner, FileStream held, byte[] log, string? report)
    {
        NodeDatabase? database = null;
        try
        {
            // Before SQLite looks at it, and drops what is behind a damaged place.
            var fromLog = new StoredRows();
            PageScan.ReadLog(log.Length > 0 ? File.ReadAllBytes(path) : default, log, fromLog);

            database = NodeDatabase.Open(path);
            var rows = new StoredRows();
            if (database.TryRead(rows))
            {
                CheckOwner(path, owner, rows);
                AddMissing(database, rows, fromLog);
                return new NodeFile(path, held, database, rows, report);
            }

            database.Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException or OverflowException
            || (e is SqliteException refusal && IsDamage(refusal)))
        {
            // A value is not of the kind that was written, or SQLite cannot read on.
            database?.Dispose();
            return null;
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Rows that were on their way into the log when the process ended, or stand behind a damaged place of it: a block
    /// that is intact is worth keeping, whether its commit was complete or not.
    /// </summary>
    private static void AddMissing(NodeDatabase database, StoredRows rows, StoredRows fromLog)
    {
        var missing = fromLog.Blocks.Where(block => !rows.Contains(block.Header.Id)).ToArray();
        if (missing.Length > 0)
        {
            database.Write(missing, [], waitForDisk: true);
            rows.Add(missing);
        }
    }

    private static void CheckOwner(string path, PeerId owner, StoredRows rows)
    {
        if (rows.Owner is { } other && other != owner)
        {
            throw new StorageException($"peer {owner}: {path} is the file of peer {other}.");
        }
    }

    /// <summary>Makes a new file of all that is intact in the present one, which is put aside.</summary>
    /// <returns>What was done; null if there was no file.</returns>
    private static string? Rebuild(string path, PeerId owner, byte[] log)
    {
        var newPath = path + DataFiles.UnfinishedSuffix;
        var file = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var unfinished = File.Exists(newPath) ? File.ReadAllBytes(newPath) : [];
        var rows = new StoredRows();
        PageScan.Read(file, log, rows);
        if (!rows.IsAny && file.Length > 0)
        {
            RefuseForeign(path, owner, file);
        }

        PageScan.Read(unfinished, default, rows);
        CheckOwner(path, owner, rows);
        File.Delete(newPath);
        File.Delete(newPath + "-journal");
        NodeDatabase.Create(newPath, owner, rows);
        string? report = null;
        if (file.Length > 0 || log.Length > 0)
        {
            var aside = path + DataFiles.DamagedSuffix + DateTime.UtcNow.ToString(
                "yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
            File.WriteAllBytes(aside, file);
            if (log.Length > 0)
            {
                File.WriteAllBytes(aside + DataFiles.LogSuffix, log);
            }

            report = string.Create(
                CultureInfo.InvariantCulture,
                $"{path} was damaged; {rows.Blocks.Count} blocks in it are intact and kept, the others are asked of "
                + $"the other peers. The damaged file is {aside}");
        }

        // The log first: SQLite would take it for that of the new file.
        File.Delete(path + DataFiles.LogSuffix);
        File.Delete(path + "-journal");
        File.Move(newPath, path, overwrite: true);
        return report;
    }

    /// <summary>Nothing in it is ours, be it of another program or of a later version of this one.</summary>
    private static void RefuseForeign(string path, PeerId owner, byte[] file)
    {
        if (file.Length < 100)
        {
            if (file.AsSpan().StartsWith(Magic.AsSpan(0, Math.Min(file.Length, Magic.Length))))
            {
                return;
            }
        }
        else if (ApplicationId(file) == DataFiles.ApplicationId && file.AsSpan().StartsWith(Magic))
        {
            var version = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(60));
            if (version > NodeSchema.Version)
            {
                throw new StorageException(
                    $"peer {owner}: {path} is of a newer version of this program ({version}; this one knows "
                    + $"{NodeSchema.Version}).");
            }

            return;
        }

        throw new StorageException($"peer {owner}: {path} is not a node's file. It is left as it is.");
    }

    /// <summary>Whether the fields that are always the same are as they always are.</summary>
    private static bool HasUsualHeader(string path)
    {
        Span<byte> header = stackalloc byte[100];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && header.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt16BigEndian(header[16..]) == NodeSchema.PageSize
            && header[18] is 1 or 2
            && header[19] is 1 or 2
            && header[20] == 0
            && BinaryPrimitives.ReadInt32BigEndian(header[56..]) == 1
            && BinaryPrimitives.ReadInt32BigEndian(header[60..]) == NodeSchema.Version
            && ApplicationId(header) == DataFiles.ApplicationId;
    }

    private static int ApplicationId(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32BigEndian(header[DataFiles.ApplicationIdAt..]);

    /// <summary>Whether it is the file that is wrong, and not the disk or whom it belongs to.</summary>
    private static bool IsDamage(SqliteException e) =>
        e.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_IOERR_SHORT_READ
        || e.SqliteErrorCode is not (SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED
            or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_FULL
            or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_NOMEM);
}
