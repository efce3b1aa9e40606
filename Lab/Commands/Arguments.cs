using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.Lab.Commands;

/// <summary>Arguments that several commands have.</summary>
internal static class Arguments
{
    public static Argument<string> File()
    {
        var file = new Argument<string>("peers.json")
        {
            Description = "The network.",
            DefaultValueFactory = _ => PeersFiles.Default,
        };
        file.Validators.Add(RefuseOption);
        return file;
    }

    /// <summary>A file that need not be given.</summary>
    public static Argument<string?> OptionalFile(string name, string description)
    {
        var file = new Argument<string?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };
        file.Validators.Add(RefuseOption);
        return file;
    }

    public static Option<string?> NetworkFile() => new("--network")
    {
        Description = "The network as an edge list (CSV with a header) or GraphML.",
        HelpName = "file",
    };

    public static Option<string?> RegionsFile() => new("--regions")
    {
        Description = "Latencies between the regions of the network, a matrix as CSV.",
        HelpName = "file",
    };

    /// <summary>An option that is a number of things, one or more.</summary>
    public static Option<int> Count(string name, string description, int usually)
    {
        var count = new Option<int>(name)
        {
            Description = description,
            HelpName = "n",
            DefaultValueFactory = _ => usually,
        };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(
                token.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return count;
    }

    /// <param name="aliases">Shorter names, where they are free.</param>
    public static Option<bool> CheckPrograms(params string[] aliases) => new("--check-programs", aliases)
    {
        Description = "Run programs of others twice in virtual time, and say where one is not deterministic.",
    };

    // Or an option that does not exist would be looked for on disk.
    private static void RefuseOption(ArgumentResult result)
    {
        if (result.Tokens is [var token] && token.Value.StartsWith('-'))
        {
            result.AddError($"There is no option {token.Value}.");
        }
    }

    public static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"\"{text}\" is not a URL; write for example http://127.0.0.1:7000/.");
        return null;
    }

    public static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero)
        {
            return duration;
        }

        result.AddError($"\"{text}\" is not a time; write for example 60s, 1.5min or 2h.");
        return null;
    }
}
