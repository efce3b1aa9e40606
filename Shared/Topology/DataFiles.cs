using System.Globalization;
using System.Text;

namespace Blockchain.Shared.Topology;

/// <summary>What the files are called in which a peer keeps what outlives its process.</summary>
public static class DataFiles
{
    /// <summary>"bcPN", in SQLite's header: by it such a file is told from that of another program.</summary>
    public const int ApplicationId = 0x6263504E;

    /// <summary>Where in the file that stands, big-endian.</summary>
    public const int ApplicationIdAt = 68;

    /// <summary>SQLite's write-ahead log.</summary>
    public const string LogSuffix = "-wal";

    /// <summary>Follows the name of a file that is locked as long as a node has the other.</summary>
    public const string LockSuffix = ".lock";

    /// <summary>Follows the name of a file that is being made; it is renamed when it is complete.</summary>
    public const string UnfinishedSuffix = ".new";

    /// <summary>Follows the name of a damaged file that was put aside, before the time.</summary>
    public const string DamagedSuffix = ".damaged-";

    /// <summary>What follows the name of a peer's file in all that belong to it, except damaged ones.</summary>
    public static IReadOnlyList<string> Suffixes { get; } =
        ["", LogSuffix, "-journal", UnfinishedSuffix, UnfinishedSuffix + "-journal", LockSuffix];

    /// <summary>"peer-5000.db". Any id is a file name then, on any file system.</summary>
    public static string NameOf(PeerId peer)
    {
        var name = new StringBuilder(ServiceNames.PeerPrefix);
        foreach (var letter in Encoding.UTF8.GetBytes(peer.Value))
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'_')
            {
                name.Append((char)letter);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"%{letter:x2}");
            }
        }

        return name.Append(".db").ToString();
    }
}
