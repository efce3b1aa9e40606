using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>A real Prometheus that scrapes some nodes.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>It starts, scrapes twice and computes, perhaps on a busy machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly Task<string> _errors;

    private Prometheus(Process process, Uri url)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _http = new HttpClient { BaseAddress = url, Timeout = TestClient.Deadline };
    }

    /// <summary>Whether both programs of the package are on the PATH.</summary>
    public static bool IsInstalled => Find("prometheus") is not null && Find("promtool") is not null;

    public static Prometheus Start(TestFolder folder, IEnumerable<Uri> nodes)
    {
        var targets = string.Join(", ", nodes.Select(node => $"\"{node.Authority}\""));
        var file = folder.Write("prometheus.yml", $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms }
            scrape_configs:
              - job_name: peers
                static_configs: [ { targets: [ {{targets}} ] } ]
            """);
        var address = $"127.0.0.1:{NodeFixture.FreePort("127.0.0.1")}";
        var process = Process.Start(new ProcessStartInfo(
            Find("prometheus")!,
            [
                $"--config.file={file}", $"--storage.tsdb.path={Path.Combine(Path.GetDirectoryName(file)!, "data")}",
                $"--web.listen-address={address}", "--enable-feature=exemplar-storage", "--log.level=error",
            ])
        {
            RedirectStandardError = true,
        })!;
        return new Prometheus(process, new Uri($"http://{address}"));
    }

    /// <summary>What <c>promtool check metrics</c> says of a page.</summary>
    public static async Task<(int ExitCode, string Output)> LintAsync(string page)
    {
        using var process = Process.Start(new ProcessStartInfo(Find("promtool")!, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(page);
        process.StandardInput.Close();
        var text = string.Concat(await output.WaitAsync(TestClient.Deadline));
        await process.WaitForExitAsync().WaitAsync(TestClient.Deadline);
        return (process.ExitCode, text);
    }

    /// <summary>Asks the HTTP API again until the answer is as wanted.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> isRight)
    {
        var clock = Stopwatch.StartNew();
        using var interval = new PeriodicTimer(AskInterval);
        while (await interval.WaitForNextTickAsync())
        {
            var data = await TryAskAsync(path);
            if (data is not null && isRight(data))
            {
                return data;
            }

            Assert.False(_process.HasExited, _process.HasExited ? await _errors : "");
            Assert.True(clock.Elapsed < Deadline, $"{path}: still {data}");
        }

        throw new UnreachableException();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private async Task<JsonNode?> TryAskAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync($"/api/v1/{path}", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["data"]
                : null;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return null;
        }
    }
}
