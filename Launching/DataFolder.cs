using System.Buffers.Binary;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>The folder in which the peers of a network keep what outlives them, each in a file of its own.</summary>
public static class DataFolder
{
    /// <summary>
    /// Deletes what the peers of a network have kept, damaged files that were put aside included, and nothing else that
    /// lies there.
    /// </summary>
    /// <param name="folder">Null: they keep nothing.</param>
    /// <returns>Why nothing was deleted, in one line; null: it was.</returns>
    /// <exception cref="IOException">A file cannot be deleted; so for other exceptions of the file system.</exception>
    public static string? TryClear(string? folder, NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (folder is null)
        {
            return "--fresh: the peers of this network keep nothing; they do with --data DIR, or \"data\" in its file.";
        }

        var files = plan.Peers.Select(peer => Path.Combine(folder, DataFiles.NameOf(peer.Id))).ToArray();
        if (Array.Find(files, file => IsInUse(file + DataFiles.LockSuffix)) is { } used)
        {
            return $"--fresh: {used} is in use by a node; stop it first.";
        }

        if (Array.Find(files, file => !IsOurs(file)) is { } foreign)
        {
            return $"--fresh: {foreign} does not look like a node's file; delete it yourself if you do not need it.";
        }

        foreach (var file in files)
        {
            Delete(folder, file);
        }

        return null;
    }

    private static void Delete(string folder, string file)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var suffix in DataFiles.Suffixes)
        {
            File.Delete(file + suffix);
        }

        foreach (var damaged in Directory.GetFiles(folder, Path.GetFileName(file) + DataFiles.DamagedSuffix + "*"))
        {
            File.Delete(damaged);
        }
    }

    private static bool IsOurs(string path)
    {
        if (!File.Exists(path))
        {
            return true;
        }

        Span<byte> header = stackalloc byte[DataFiles.ApplicationIdAt + sizeof(int)];
        using var file = File.OpenRead(path);
        var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return read == 0 || (read == header.Length
            && BinaryPrimitives.ReadInt32BigEndian(header[DataFiles.ApplicationIdAt..]) == DataFiles.ApplicationId);
    }

    private static bool IsInUse(string lockFile)
    {
        try
        {
            using var probe = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
