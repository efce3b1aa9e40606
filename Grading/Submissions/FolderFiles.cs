using System.Diagnostics;

namespace Blockchain.Grading.Submissions;

/// <summary>The files of a stranger's folder, without following anything out of it.</summary>
/// <param name="Paths">From the folder, in order. Links are none of them.</param>
/// <param name="Problem">Why nobody should read it; null: nothing.</param>
internal sealed record FolderFiles(IReadOnlyList<string> Paths, string? Problem)
{
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = false,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    public static FolderFiles Of(string folder, int mostFiles, long mostBytes)
    {
        try
        {
            if (HasPipes(folder))
            {
                return new FolderFiles([], "it has files that are no files: pipes, sockets or devices");
            }

            var (paths, bytes) = (new List<string>(), 0L);
            var folders = new Queue<DirectoryInfo>([new DirectoryInfo(folder)]);
            while (folders.TryDequeue(out var next))
            {
                foreach (var entry in next.EnumerateFileSystemInfos("*", All))
                {
                    if (entry.LinkTarget is not null)
                    {
                        continue;
                    }

                    if (entry is DirectoryInfo inner)
                    {
                        folders.Enqueue(inner);
                        continue;
                    }

                    paths.Add(Path.GetRelativePath(folder, entry.FullName));
                    bytes += ((FileInfo)entry).Length;
                    if (paths.Count > mostFiles || bytes > mostBytes)
                    {
                        return new FolderFiles([], $"it has more than {mostFiles} files or {mostBytes >> 20} MiB");
                    }
                }
            }

            paths.Sort(StringComparer.Ordinal);
            return new FolderFiles(paths, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FolderFiles([], $"its folder cannot be read: {e.Message}");
        }
    }

    /// <summary>To open a pipe would wait for ever; .NET does not tell them from files.</summary>
    private static bool HasPipes(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        string[] words = [folder, "!", "-type", "f", "!", "-type", "d", "!", "-type", "l"];
        using var find = Process.Start(new ProcessStartInfo("find", words) { RedirectStandardOutput = true })!;
        var found = find.StandardOutput.ReadToEnd();
        find.WaitForExit();
        return found.Length > 0;
    }
}
