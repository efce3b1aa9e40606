namespace Blockchain.PeerNode.Storage;

/// <summary>What a node's file looks like. A change of it raises <see cref="Version"/>.</summary>
internal static class NodeSchema
{
    /// <summary>Of the tables below; a file of a newer version is refused.</summary>
    public const int Version = 1;

    /// <summary>SQLite's usual one, stated since what is intact is found by it when the file is damaged.</summary>
    public const int PageSize = 4096;

    /// <summary>
    /// "number" is 1, 2, 3 … in the order of acceptance, so that parents come before children, and a missing row shows.
    /// "blocks" of the table "node" says how many there are, or the loss of the last ones would not show. Times are in
    /// ticks of 100 ns since the Unix epoch.
    /// </summary>
    public const string Tables = """
        CREATE TABLE node (id INTEGER PRIMARY KEY, peer TEXT NOT NULL, version INTEGER NOT NULL,
            blocks INTEGER NOT NULL, checksum INTEGER NOT NULL);
        CREATE TABLE blocks (number INTEGER PRIMARY KEY, accepted INTEGER NOT NULL, record BLOB NOT NULL, json BLOB,
            checksum INTEGER NOT NULL);
        CREATE TABLE neighbours (peer TEXT PRIMARY KEY, points REAL NOT NULL, time INTEGER NOT NULL,
            banned_until INTEGER NOT NULL, checksum INTEGER NOT NULL);
        """;
}
