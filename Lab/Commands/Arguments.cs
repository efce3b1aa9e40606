using System.CommandLine;
using System.CommandLine.Parsing;
using Blockchain.Shared;

namespace Blockchain.Lab.Commands;

/// <summary>Arguments that several commands have.</summary>
internal static class Arguments
{
    public static Argument<string> File() => new("peers.json")
    {
        Description = "The network.",
        DefaultValueFactory = _ => PeersFiles.Default,
    };

    public static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero)
            return duration;
        result.AddError($"\"{text}\" is no duration; write for example 60s, 1.5min or 2h.");
        return null;
    }
}
