using Microsoft.Extensions.Logging;

namespace Blockchain.ServiceDefaults;

public static class LoggingExtensions
{
    /// <summary>Writes the log to the console, a line for each entry.</summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging)
    {
        logging.AddConsoleFormatter<LineFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        return logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
    }
}
