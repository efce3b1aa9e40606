namespace Blockchain.Lab.Tests.Simulate;

/// <summary>A folder for one test, with a network and a file that is not of a run in it.</summary>
internal sealed class RunTestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-run-");

    public RunTestFolder() => Peers = Write("peers.json", """
        {
          "peers": {
            "5000": { "ip": "127.28.0.10", "port": 5000 },
            "5001": { "ip": "127.28.0.11", "port": 5001 },
            "5002": { "ip": "127.28.0.12", "port": 5002, "light": true }
          }
        }
        """);

    public string Path => _folder.FullName;

    public string Peers { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>The text with this folder and its network in place of FOLDER and PEERS.</summary>
    public string Fill(string text) => text
        .Replace("FOLDER", Path, StringComparison.Ordinal)
        .Replace("PEERS", Peers, StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
