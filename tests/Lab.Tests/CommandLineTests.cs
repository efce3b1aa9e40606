using Blockchain.Lab.Commands;

namespace Blockchain.Lab.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("up")]
    [InlineData("up", "other.json", "--for", "60s", "--addresses", "single", "--keep-logs", "logs")]
    [InlineData("up", "other.json", "--data", "kept", "--fresh")]
    [InlineData("up", "--for", "1.5min")]
    [InlineData("up", "--addresses", "own")]
    [InlineData("up", "--observatory-port", "8123", "--dashboard", "--dashboard-port", "18000", "--scrape", "folder")]
    [InlineData("up", "--no-observatory")]
    [InlineData("check", "other.json")]
    [InlineData("load", "--start")]
    [InlineData("load", "--to", "127.0.0.1:5000", "--http", "http://127.0.0.1:7000/", "--connections", "4")]
    [InlineData("experiment")]
    [InlineData(
        "experiment", "fanout", "--seeds", "4", "--values", "1,2,4", "--peers", "50", "--blocks", "10", "--out", "x")]
    [InlineData("experiment", "loss", "--preset", "bitcoin-2019", "--parallel", "1")]
    [InlineData("experiment", "compare", "a.json", "b.json", "--seeds", "4", "--blocks", "10")]
    public void Parse_ProperArguments_HasNoErrors(params string[] arguments) =>
        Assert.Empty(CommandLine.Build().Parse(arguments).Errors);

    [Theory]
    [InlineData("\"soon\" is not a time", "up", "--for", "soon")]
    [InlineData("\"0s\" is not a time", "up", "--for", "0s")]
    [InlineData("\"none\"", "up", "--addresses", "none")]
    [InlineData("a port from 1 to 65535", "up", "--observatory-port", "0")]
    [InlineData("a port from 1 to 65535", "up", "--dashboard-port", "65536")]
    [InlineData("\"7000\" is not a URL", "load", "--to", "127.0.0.1:5000", "--http", "7000")]
    [InlineData("b.json", "up", "a.json", "b.json")]
    [InlineData("--port", "up", "--port", "1")]
    [InlineData("either --to HOST:PORT or --start", "load")]
    [InlineData("either --to HOST:PORT or --start", "load", "--start", "--to", "127.0.0.1:5000")]
    [InlineData("at least 1", "load", "--start", "--transactions", "0")]
    [InlineData("at least 1", "load", "--start", "--connections", "0")]
    public void Parse_WrongArguments_SaysWhatIsWrong(string expected, params string[] arguments)
    {
        var errors = CommandLine.Build().Parse(arguments).Errors;
        Assert.Contains(errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("60s", 60)]
    [InlineData("2", 2)]
    [InlineData("1.5min", 90)]
    [InlineData("1h", 3600)]
    public void For_Duration_IsReadWithItsUnit(string text, double seconds)
    {
        var parsed = CommandLine.Build().Parse(["up", "--for", text]);
        Assert.Equal(TimeSpan.FromSeconds(seconds), parsed.GetValue<TimeSpan?>("--for"));
    }
}
