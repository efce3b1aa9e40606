using Blockchain.PeerNode;
using Blockchain.PeerNode.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Blockchain.Benchmarks.Fuzzing;

/// <summary>A node in this process, for whom nobody else exists.</summary>
internal sealed class FuzzedNode : IDisposable
{
    public const string Key = "a key for fuzzing";

    private const string Network = """
        {
          "defaults": { "transactionInterval": 0, "blockInterval": 0 },
          "peers": { "1": { "ip": "127.77.0.1", "port": 5977 }, "2": { "ip": "127.77.0.2", "port": 5978 } }
        }
        """;

    private readonly NodeHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fuzzed-node");

    public FuzzedNode()
    {
        var file = Path.Combine(_folder.FullName, "peers.json");
        File.WriteAllText(file, Network);
        var builder = WebApplication.CreateSlimBuilder(
            ["--Node:Id=1", $"--Node:File={file}", $"--Node:Key={Key}", "--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var read = NodeOptionsReader.Read(builder.Configuration);
        _host = NodeHost.StartAsync(builder, read.Options!).GetAwaiter().GetResult();
        Http = new HttpClient { BaseAddress = _host.Http };
    }

    public HttpClient Http { get; }

    public void Dispose()
    {
        Http.Dispose();
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }
}
