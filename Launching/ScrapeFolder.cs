namespace Blockchain.Launching;

/// <summary>
/// A folder with a Prometheus configuration and the list of targets that belongs to it. Disposing removes what was
/// written, and the folder too if it is a temporary one.
/// </summary>
internal sealed class ScrapeFolder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder;
    private readonly bool _isTemporary;

    /// <param name="path">A folder, which is made if there is none; null: a new one among the temporary files.</param>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">So too.</exception>
    public ScrapeFolder(string? path)
    {
        _isTemporary = path is null;
        _folder = path is null
            ? Directory.CreateTempSubdirectory("blockchain-scrape-")
            : Directory.CreateDirectory(path);
        Put(ScrapeConfiguration.TargetsFile, ScrapeConfiguration.Targets([]));
        Put(ScrapeConfiguration.ConfigurationFile, ScrapeConfiguration.Configuration);
    }

    /// <summary>The <c>prometheus.yml</c>.</summary>
    public string Configuration => PathOf(ScrapeConfiguration.ConfigurationFile);

    /// <summary>Writes the list anew.</summary>
    /// <param name="targets">Looked at once it is sure that no older list will be written after this one.</param>
    /// <returns>Whether it could be written; a network goes on without.</returns>
    public bool TryUpdate(IEnumerable<ScrapeTarget> targets)
    {
        lock (_gate)
        {
            try
            {
                Put(ScrapeConfiguration.TargetsFile, ScrapeConfiguration.Targets(targets));
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    public void Dispose()
    {
        _folder.Refresh();
        if (!_folder.Exists)
        {
            return;
        }

        File.Delete(PathOf(ScrapeConfiguration.ConfigurationFile));
        File.Delete(PathOf(ScrapeConfiguration.TargetsFile));
        if (_isTemporary)
        {
            _folder.Delete(recursive: true);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // Moved into its place: who reads it while it is written sees the old one or the new one, never half of it.
    private void Put(string name, string text)
    {
        var unfinished = PathOf(name + ".new");
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, PathOf(name), overwrite: true);
    }
}
