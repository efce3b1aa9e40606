using System.Data;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Microsoft.Data.Sqlite;

namespace Blockchain.PeerNode.Storage;

/// <summary>
/// A node's SQLite file while it is open. It has a write-ahead log, so that a commit is one write at the end of a file;
/// a process that is killed loses nothing that was committed. Whether a commit also outlives a loss of power is said
/// for each (<see cref="Write"/>).
/// </summary>
internal sealed class NodeDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _addBlock;
    private readonly SqliteCommand _setNeighbour;
    private readonly SqliteCommand _setCount;
    private bool? _waitsForDisk;

    private NodeDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _addBlock = Command(
            "INSERT INTO blocks VALUES (@1, @2, @3, @4, @5)",
            SqliteType.Integer, SqliteType.Integer, SqliteType.Blob, SqliteType.Blob, SqliteType.Integer);
        _setNeighbour = Command(
            "INSERT OR REPLACE INTO neighbours VALUES (@1, @2, @3, @4, @5)",
            SqliteType.Text, SqliteType.Real, SqliteType.Integer, SqliteType.Integer, SqliteType.Integer);
        _setCount = Command("UPDATE node SET blocks = @1", SqliteType.Integer);
    }

    /// <summary>How many blocks are in it.</summary>
    public long Count { get; private set; }

    /// <summary>Opens a file that <see cref="Create"/> has made.</summary>
    /// <exception cref="SqliteException">It is damaged, or the disk refuses.</exception>
    public static NodeDatabase Open(string path)
    {
        var connection = Connect(path);
        try
        {
            // In this mode no second file with shared memory is needed; nobody else is to open this one anyway.
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            Execute(connection, "PRAGMA journal_mode = WAL");
            return new NodeDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes a file of what is to be in it, all or nothing, on the disk when this returns.</summary>
    /// <exception cref="SqliteException">The disk refuses.</exception>
    public static void Create(string path, PeerId owner, StoredRows rows)
    {
        using var connection = Connect(path);
        Execute(connection, $"PRAGMA page_size = {NodeSchema.PageSize}");
        Execute(connection, "PRAGMA journal_mode = DELETE");
        Execute(connection, "PRAGMA synchronous = FULL");
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, $"PRAGMA application_id = {DataFiles.ApplicationId}");
            Execute(connection, $"PRAGMA user_version = {NodeSchema.Version}");
            Execute(connection, NodeSchema.Tables);
            using var node = connection.CreateCommand();
            node.CommandText = "INSERT INTO node VALUES (1, @1, @2, 0, @3)";
            node.Parameters.AddWithValue("@1", owner.Value);
            node.Parameters.AddWithValue("@2", NodeSchema.Version);
            node.Parameters.AddWithValue("@3", StoredRows.Checksum(owner.Value, NodeSchema.Version, 0, 0));
            node.ExecuteNonQuery();
            transaction.Commit();
        }

        using var database = new NodeDatabase(connection);
        database.Write(rows.Blocks, rows.Neighbours, waitForDisk: true);
    }

    /// <summary>Reads all rows. The intact ones are in <paramref name="rows"/> whatever comes of it.</summary>
    /// <returns>Whether all that was written is there.</returns>
    /// <exception cref="SqliteException">It is damaged, or the disk refuses.</exception>
    public bool TryRead(StoredRows rows)
    {
        var isWhole = true;
        long written;
        using (var node = Command("SELECT peer, version, checksum, blocks FROM node"))
        using (var reader = node.ExecuteReader())
        {
            isWhole &= reader.Read()
                && rows.AddOwner(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));
            written = isWhole ? reader.GetInt64(3) : 0;
        }

        using (var blocks = Command("SELECT number, accepted, record, json, checksum FROM blocks ORDER BY number"))
        using (var reader = blocks.ExecuteReader(CommandBehavior.SequentialAccess))
        {
            for (; reader.Read(); Count++)
            {
                var number = reader.GetInt64(0);
                isWhole &= number == Count + 1
                    & rows.AddBlock(
                        number,
                        reader.GetInt64(1),
                        reader.GetFieldValue<byte[]>(2),
                        reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                        reader.GetInt64(4));
            }
        }

        using (var neighbours = Command("SELECT peer, points, time, banned_until, checksum FROM neighbours"))
        using (var reader = neighbours.ExecuteReader())
        {
            while (reader.Read())
            {
                isWhole &= rows.AddNeighbour(
                    reader.GetString(0),
                    reader.GetDouble(1),
                    reader.GetInt64(2),
                    reader.GetInt64(3),
                    reader.GetInt64(4));
            }
        }

        return isWhole && written == Count;
    }

    /// <summary>Writes all or nothing.</summary>
    /// <param name="waitForDisk">
    /// True: it outlives a loss of power when this returns (the log is flushed). False: it outlives the end of the
    /// process, and reaches the disk within seconds; a loss of power may take the last of it, but never harms the file.
    /// </param>
    /// <exception cref="SqliteException">The disk refuses; nothing was written.</exception>
    public void Write(
        IReadOnlyCollection<StoredBlock> blocks, IReadOnlyCollection<Standing> neighbours, bool waitForDisk)
    {
        if (_waitsForDisk != waitForDisk)
        {
            Execute(_connection, waitForDisk ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _waitsForDisk = waitForDisk;
        }

        var count = Count;
        using var transaction = _connection.BeginTransaction();
        foreach (var block in blocks)
        {
            var record = BlockRecord.Write(block.Header, block.Block);
            var json = block.Block is { } whole ? AsArray(whole.Json) : null;
            var accepted = block.AcceptedAt.Ticks;
            Run(
                _addBlock, transaction, ++count, accepted, record, json is null ? DBNull.Value : json,
                (long)BlockRecord.Checksum(count, accepted, record, json));
        }

        foreach (var (peer, _, (points, time), bannedUntil) in neighbours)
        {
            var banned = (bannedUntil ?? TimeSpan.Zero).Ticks;
            Run(
                _setNeighbour, transaction, peer.Value, points, time.Ticks, banned,
                (long)StoredRows.Checksum(peer.Value, BitConverter.DoubleToInt64Bits(points), time.Ticks, banned));
        }

        if (blocks.Count > 0)
        {
            Run(_setCount, transaction, count);
        }

        transaction.Commit();
        Count = count;
    }

    /// <summary>For tests of a full disk: the file may have so many pages and no more.</summary>
    internal void LimitPages(long pages) => Execute(_connection, $"PRAGMA max_page_count = {pages}");

    public void Dispose()
    {
        _addBlock.Dispose();
        _setNeighbour.Dispose();
        _setCount.Dispose();
        _connection.Dispose();
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,

            // Nobody else has the file, so there is nobody to wait for.
            DefaultTimeout = 1,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static byte[] AsArray(ReadOnlyMemory<byte> json) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(json, out var part)
        && part.Array is { } array && part.Offset == 0 && part.Count == array.Length
            ? array
            : json.ToArray();

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<SqliteType> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters.Add($"@{i + 1}", parameters[i]);
        }

        return command;
    }
}
