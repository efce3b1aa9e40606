using System.Diagnostics;
using Blockchain.PeerNode.Telemetry;
using Blockchain.ServiceDefaults;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>How the log of a node reads.</summary>
public sealed class LogTests
{
    private static readonly Hash256 Block =
        Hash256.TryParse(new string('a', 8) + new string('b', 56), out var id) ? id : default;

    [Fact]
    public void Rejected_ABlock_IsSaidWithAShortIdInTheTraceOfTheBlock()
    {
        var log = new RecordingLog();
        new PeerLog(log).Write(new BlockRejected(
            default, new PeerId("5000"), Block, new PeerId("5001"), new PeerId(
                "5004"), default, "tx 3 stands in it twice"));

        var entry = Assert.Single(log.Entries);
        Assert.Equal("Peer", entry.Category);
        Assert.Equal("Block aaaaaaaa by 5001 is refused, via 5004: tx 3 stands in it twice", entry.Text);
        Assert.Equal(SpanContext.TraceOf(Block), entry.Trace);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Banned_APeer_BelongsToNoTrace()
    {
        var log = new RecordingLog();
        new PeerLog(log).Write(new NeighbourBanned(default, new PeerId("5000"), new PeerId("5001")));
        Assert.Null(Assert.Single(log.Entries).Trace);
    }

    [Fact]
    public void EnterTraceOf_WithinASpanOfTheSameTrace_KeepsThatSpan()
    {
        using var outer = SpanContext.EnterTraceOf(Block);
        Assert.NotNull(outer);
        Assert.Null(SpanContext.EnterTraceOf(Block));
        Assert.Same(outer, Activity.Current);
    }

    [Fact]
    public void Line_OfAnEntry_HasLevelShortCategoryAndTrace()
    {
        using var services = new ServiceCollection().AddLogging(logging => logging.AddLines()).BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(one => one.Name == "line");

        Assert.Matches(@"^\d\d:\d\d:\d\d warn Peer: two lines$", Format(formatter, LogLevel.Warning, "two\nlines"));
        using var trace = SpanContext.EnterTraceOf(Block);
        Assert.EndsWith($" info Peer: x trace {SpanContext.TraceOf(Block)}", Format(
            formatter, LogLevel.Information, "x"));
    }

    private static string Format(ConsoleFormatter formatter, LogLevel level, string text)
    {
        using var writer = new StringWriter();
        formatter.Write(
            new LogEntry<string>(level, "Blockchain.PeerNode.Peer", 7, text, null, (state, _) => state), null, writer);
        return writer.ToString().TrimEnd();
    }

    private sealed class RecordingLog : ILoggerFactory, ILogger
    {
        private string _category = "";

        public List<(string Category, string Text, ActivityTraceId? Trace)> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            _category = categoryName;
            return this;
        }

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
                string> formatter) =>
            Entries.Add((_category, formatter(state, exception), Activity.Current?.TraceId));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
