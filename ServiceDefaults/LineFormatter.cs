using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Blockchain.ServiceDefaults;

/// <summary>
/// One line for each entry: "14:32:55 warn Peer: Peer 5001 is banned", and behind it the id of the trace that it
/// belongs
/// to, if any. Shorter than the formatter of the runtime, which writes numbers of events that nobody looks up.
/// </summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Plain = "\e[39m";

    /// <summary>Colours go through a pipe only where its reader has said that it knows them; Aspire does.</summary>
    private static readonly bool IsColoured = !Console.IsOutputRedirected
        || Environment.GetEnvironmentVariable("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION") is "1" or "true";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var (level, colour) = logEntry.LogLevel switch
        {
            LogLevel.Trace => ("trce", null),
            LogLevel.Debug => ("dbug", null),
            LogLevel.Information => ("info", null),
            LogLevel.Warning => ("warn", Yellow),
            LogLevel.Error => ("fail", Red),
            _ => ("crit", Red),
        };
        textWriter.Write($"{DateTime.UtcNow:HH:mm:ss} ");
        textWriter.Write(IsColoured && colour is not null ? $"{colour}{level}{Plain}" : level);
        textWriter.Write($" {ShortNameOf(logEntry.Category)}: "
            + $"{OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception))}");
        if (Activity.Current is { } activity)
        {
            textWriter.Write($" trace {activity.TraceId}");
        }

        if (logEntry.Exception is { } exception)
        {
            textWriter.Write($" {OneLine(exception.ToString())}");
        }

        textWriter.WriteLine();
    }

    private static string ShortNameOf(string category) => category[(category.LastIndexOf('.') + 1)..];

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
