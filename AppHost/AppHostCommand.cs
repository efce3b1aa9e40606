using System.CommandLine;
using System.CommandLine.Parsing;
using Blockchain.Launching.Nodes;
using Blockchain.Shared;
using Blockchain.Trials;

namespace Blockchain.AppHost;

/// <summary>
/// The options of the AppHost. Aspire's own are named here too: it ignores what it does not know, and a misspelt option
/// must not start another network than the one that was meant.
/// </summary>
internal sealed class AppHostCommand
{
    /// <summary>Beside this project's folder; Aspire takes paths relative to the AppHost.</summary>
    private const string DefaultPeersFile = "../peers.json";

    private const string OutputPath = "--output-path";

    private readonly Argument<string?> _file = new("peers.json")
    {
        Description = "The network; without it, the eleven peers of this repository.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _peers = new("--peers") { Description = "The network, as the argument.",
        HelpName = "file" };

    private readonly Option<TimeSpan?> _duration = new("--for")
    {
        Description = "Stop after this time, such as 60s or 5min.",
        HelpName = "time",
        CustomParser = ParseDuration,
    };

    private readonly Option<string?> _scrape = new("--scrape")
    {
        Description = "Write the Prometheus configuration of the running network to this folder.",
        HelpName = "folder",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Each peer keeps its blocks and bans in this folder, and goes on with them the next time; a "
            + "published one in a volume.",
        HelpName = "folder",
    };

    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description = "Begin anew: delete first what the peers of this network have kept.",
    };

    private readonly Option<bool> _observability = new("--observability")
    {
        Description = "Start Prometheus and Grafana too, if containers can run here.",
    };

    private readonly Option<bool> _open = new("--open")
    {
        Description = "Let everybody who reaches the Observatory act there, without the token in its address.",
    };

    private readonly Option<PublishTarget> _target = new("--target")
    {
        Description = "What --operation publish writes.",
        HelpName = "compose|kubernetes",
        CustomParser = ParseTarget,
    };

    private readonly Option<string[]> _scenarios = new("--scenario")
    {
        Description = "Run this scenario in place of a network, and say whether what it expects holds.",
        HelpName = "file",
    };

    private readonly Option<int> _seeds = OfScenario<int>("--seeds", "with so many seeds.");
    private readonly Option<ulong?> _seed = OfScenario<ulong?>("--seed", "the first of them.");
    private readonly Option<string?> _junit = OfScenario<string?>("--junit", "write JUnit XML to this file.");
    private readonly Option<string?> _json = OfScenario<string?>("--json", "write JSON to this file.");
    private readonly Option<string?> _out = OfScenario<string?>("--out", "keep what is found in this folder.");
    private readonly Option<bool> _messages = OfScenario<bool>("--messages", "record every single message too.");

    /// <summary>
    /// What Aspire's AppHost reads itself, and what its command line puts before the caller's arguments.
    /// </summary>
    private readonly IReadOnlyList<Option<string?>> _ofAspire =
    [
        OfAspire("--operation", "run or publish."),
        OfAspire("--step", "The step of a pipeline, such as publish."),
        OfAspire(OutputPath, "Where a publish writes."),
        OfAspire("--log-level", "How much a pipeline logs."),
        OfAspire("--environment", "Such as Development."),
        OfAspire("--publisher", "The publisher of earlier versions of Aspire."),
        OfAspire("--log-file", "Where the Aspire CLI keeps its log."),
        OfAspire("--dcp-cli-path"),
        OfAspire("--dcp-container-runtime"),
        OfAspire("--dcp-dashboard-path"),
        OfAspire("--dcp-dependency-check-timeout"),
        OfAspire("--list-steps", isSwitch: true),
        OfAspire("--include-exception-details", isSwitch: true),
        OfAspire("--clear-cache", isSwitch: true),
        OfAspire("--yes", isSwitch: true),
        OfAspire("--non-interactive", isSwitch: true),
    ];

    private readonly RootCommand _command;

    private AppHostCommand()
    {
        _command = new RootCommand("The network of a peers.json on Aspire, with its dashboard.")
        {
            _file, _peers, _duration, _data, _fresh, _scrape, _observability, _open, _target, _scenarios, _seeds, _seed,
            _junit, _json, _out, _messages,
        };
        foreach (var option in _ofAspire)
        {
            _command.Add(option);
        }

        _file.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.StartsWith('-'))
            {
                result.AddError($"There is no option {token.Value}; --help lists them.");
            }
        });
        _command.Validators.Add(result =>
        {
            if (result.GetValue(_file) is { } file && result.GetValue(_peers) is { } other)
            {
                result.AddError($"Give one file, not two: {file} and {other}.");
            }
        });
    }

    /// <summary>Null where help or the version was asked for and has been shown.</summary>
    /// <exception cref="RefusedException">All that is wrong, one line each.</exception>
    public static AppHostArguments? Read(IReadOnlyList<string> args) => new AppHostCommand().ReadAll(args);

    private AppHostArguments? ReadAll(IReadOnlyList<string> args)
    {
        // Settings of any depth, as every host of .NET takes them.
        var isSetting = args.Select((_, at) => IsSetting(args, at)).ToArray();
        var parsed = _command.Parse([.. args.Where((_, at) => !isSetting[at])]);
        if (parsed.Errors.Count > 0)
        {
            throw new RefusedException([.. parsed.Errors.Select(error => error.Message).Distinct()]);
        }

        if (parsed.Action is not null)
        {
            parsed.Invoke();
            return null;
        }

        var file = parsed.GetValue(_file) ?? parsed.GetValue(_peers);
        return new AppHostArguments(
            file is null ? DefaultPeersFile : Path.GetFullPath(file, CallerFolder.Path),
            parsed.GetValue(_duration),
            parsed.GetValue(_observability),
            parsed.GetValue(_open),
            parsed.GetValue(_scrape) is { } folder ? Path.GetFullPath(folder, CallerFolder.Path) : null,
            parsed.GetValue(_data) is { } data ? Path.GetFullPath(data, CallerFolder.Path) : null,
            parsed.GetValue(_fresh),
            parsed.GetValue(_target),
            TrialsOf(parsed),
            [
                .. _ofAspire.SelectMany(option => Given(parsed, option)),
                .. args.Where((_, at) => isSetting[at]),
            ]);
    }

    private TrialOptions? TrialsOf(ParseResult parsed) => parsed.GetValue(_scenarios) is { Length: > 0 } files
        ? new TrialOptions(
            [.. files.Select(file => Path.GetFullPath(file, CallerFolder.Path))],
            HostNames.Aspire,
            Math.Max(1, parsed.GetValue(_seeds)),
            parsed.GetValue(_seed),
            parsed.GetValue(_junit),
            parsed.GetValue(_json),
            parsed.GetValue(_out),
            parsed.GetValue(_messages))
        : null;

    private static Option<T> OfScenario<T>(string name, string what) => new(name)
    {
        Description = $"Of a scenario: {what}",
    };

    private static IEnumerable<string> Given(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetResult(option) is not { Implicit: false })
        {
            yield break;
        }

        var value = parsed.GetValue(option) ?? "true";

        // A relative path would start at the folder of the AppHost, where nobody stands.
        var whole = option.Name == OutputPath ? Path.GetFullPath(value, CallerFolder.Path) : value;
            yield return $"{option.Name}={whole}";
    }

    /// <summary>"--Logging:LogLevel:Default=Debug", or either half of "--Logging:LogLevel:Default Debug".</summary>
    private static bool IsSetting(IReadOnlyList<string> args, int at) => IsKey(args[at])
        || (at > 0 && IsKey(args[at - 1]) && !args[at - 1].Contains('=', StringComparison.Ordinal));

    private static bool IsKey(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.Split('=')[0].Contains(':', StringComparison.Ordinal);

    private static Option<string?> OfAspire(string name, string? description = null, bool isSwitch = false) => new(name)
    {
        Description = description,
        Arity = isSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        HelpName = isSwitch ? "true|false" : "value",
        Hidden = description is null,
    };

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero)
        {
            return duration;
        }

        result.AddError($"--for must be a time such as 60s or 5min, not \"{text}\".");
        return null;
    }

    private static PublishTarget ParseTarget(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        switch (text)
        {
            case "compose":
                return PublishTarget.Compose;
            case "kubernetes":
                return PublishTarget.Kubernetes;
            default:
                result.AddError($"--target must be compose or kubernetes, not \"{text}\".");
                return default;
        }
    }
}
