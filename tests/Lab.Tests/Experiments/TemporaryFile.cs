namespace Blockchain.Lab.Tests.Experiments;

/// <summary>A file with a text, in a folder of its own, until the test ends.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public TemporaryFile(string text, string name = "peers.json")
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
