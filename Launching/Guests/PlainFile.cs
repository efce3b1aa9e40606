using Blockchain.Shared.Topology;

namespace Blockchain.Launching.Guests;

/// <summary>The network of this run as a plain file, for programs of others; disposing deletes it.</summary>
internal sealed class PlainFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-");

    public PlainFile(NetworkPlan plan)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "peers.json");
        File.WriteAllText(Path, PlainPlan.File(plan));
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
