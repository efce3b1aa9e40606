using Blockchain.Shared;

namespace Blockchain.AppHost;

/// <summary>The command line: our own options, and what is left for Aspire.</summary>
/// <param name="PeersFile">As a path that does not depend on the current directory.</param>
/// <param name="Duration">After which the network stops by itself; null: when it is told to.</param>
/// <param name="Observability">Whether Prometheus and Grafana are wanted.</param>
/// <param name="ScrapeFolder">Where the scrape configuration is wanted; null: among the temporary files.</param>
/// <param name="Target">Where a publish goes.</param>
/// <param name="ForAspire">Arguments that are none of ours, such as <c>--operation publish</c>.</param>
internal sealed record AppHostArguments(
    string PeersFile,
    TimeSpan? Duration,
    bool Observability,
    string? ScrapeFolder,
    PublishTarget Target,
    string[] ForAspire)
{
    /// <summary>Beside this project's folder; Aspire takes paths relative to the AppHost.</summary>
    private const string DefaultPeersFile = "../peers.json";

    /// <exception cref="RefusedException">An option of ours has no value, or one that makes no sense.</exception>
    public static AppHostArguments Read(string[] args)
    {
        var read = new AppHostArguments(DefaultPeersFile, null, false, null, PublishTarget.Compose, []);
        var forAspire = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--peers":
                    read = read with { PeersFile = Path.GetFullPath(Value()) };
                    break;
                case "--for":
                    read = read with { Duration = ParseDuration(Value()) };
                    break;
                case "--scrape":
                    read = read with { ScrapeFolder = Path.GetFullPath(Value()) };
                    break;
                case "--output-path":
                    // Or it would start at the folder of the AppHost, which nobody stands in.
                    forAspire.AddRange([args[i], Path.GetFullPath(Value())]);
                    break;
                case "--target":
                    read = read with { Target = ParseTarget(Value()) };
                    break;
                case "--observability":
                    read = read with { Observability = true };
                    break;
                case ['-', '-', 'f', 'o', 'r', '=', ..]:
                    read = read with { Duration = ParseDuration(args[i]["--for=".Length..]) };
                    break;
                case [not '-', ..] file when i == 0 || !forAspire.Contains(args[i - 1]):
                    read = read with { PeersFile = Path.GetFullPath(file) };
                    break;
                default:
                    forAspire.Add(args[i]);
                    break;
            }

            string Value() => ++i < args.Length ? args[i] : throw new RefusedException($"{args[i - 1]} needs a value.");
        }

        return read with { ForAspire = [.. forAspire] };
    }

    private static TimeSpan ParseDuration(string text) => Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero
        ? duration
        : throw new RefusedException($"--for is a time such as 60s or 5min, not \"{text}\".");

    private static PublishTarget ParseTarget(string text) => text switch
    {
        "compose" => PublishTarget.Compose,
        "kubernetes" => PublishTarget.Kubernetes,
        _ => throw new RefusedException($"--target is compose or kubernetes, not \"{text}\"."),
    };
}
