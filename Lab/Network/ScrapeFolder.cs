using Blockchain.Shared.Observation;

namespace Blockchain.Lab.Network;

/// <summary>
/// A folder with a Prometheus configuration that fetches the metrics of the peers that run. Disposing removes what was
/// written, and the folder too if it was made here.
/// </summary>
public sealed class ScrapeFolder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder;
    private readonly bool _isOurs;

    /// <param name="path">A folder, which is made if there is none; null: a new one among the temporary files.</param>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public ScrapeFolder(string? path)
    {
        _isOurs = !Directory.Exists(path);
        _folder = path is null
            ? Directory.CreateTempSubdirectory("blockchain-scrape-")
            : Directory.CreateDirectory(path);
        Put(ScrapeConfiguration.TargetsFile, ScrapeConfiguration.Targets([]));
        Put(ScrapeConfiguration.ConfigurationFile, ScrapeConfiguration.Configuration);
    }

    /// <summary>The <c>prometheus.yml</c>.</summary>
    public string Configuration => PathOf(ScrapeConfiguration.ConfigurationFile);

    /// <summary>Writes the targets anew; a network goes on though it could no longer be written where to find it.</summary>
    public void TryUpdate(LocalNetwork network)
    {
        try
        {
            Update(network);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody took the folder away.
        }
    }

    /// <summary>Writes the targets anew.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Update(LocalNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        lock (_gate)
        {
            // Read within the lock, or the older of two lists might be written last.
            var running = network.Nodes
                .Where(node => node.IsRunning)
                .Select(node => new ScrapeTarget(node.Plan.Info, node.Url.Authority));
            Put(ScrapeConfiguration.TargetsFile, ScrapeConfiguration.Targets(running));
        }
    }

    public void Dispose()
    {
        _folder.Refresh();
        if (!_folder.Exists)
            return;
        File.Delete(PathOf(ScrapeConfiguration.ConfigurationFile));
        File.Delete(PathOf(ScrapeConfiguration.TargetsFile));
        if (_isOurs && !_folder.EnumerateFileSystemInfos().Any())
            _folder.Delete();
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
