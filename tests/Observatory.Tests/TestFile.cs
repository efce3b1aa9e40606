namespace Blockchain.Observatory.Tests;

internal sealed class TestFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observatory-");

    public TestFile(string text) => File.WriteAllText(Path, text);

    public string Path => System.IO.Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);
}
