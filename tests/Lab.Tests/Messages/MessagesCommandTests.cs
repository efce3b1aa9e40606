using System.Xml.Linq;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Messages;
using Blockchain.Lab.Tests.Simulate;
using Blockchain.Shared;
using Spectre.Console.Testing;

namespace Blockchain.Lab.Tests.Messages;

/// <summary><c>messages</c> and <c>diagram</c> of a file that <c>simulate</c> has written.</summary>
public sealed class MessagesCommandTests : IDisposable
{
    private readonly RunTestFolder _folder = new();
    private readonly StringWriter _error = new();
    private readonly StringWriter _output = new();
    private readonly TestConsole _console = new();

    private string Recording => _folder.At("run/events.jsonl");

    private string Picture => _folder.At("picture.svg");

    public static TheoryData<int> BadRequests => [.. Enumerable.Range(0, Bad.Length)];

    private static (string Expected, DiagramRequest Request)[] Bad { get; } =
    [
        ("Give only one of these", Asked() with { Block = "a", Transaction = "b" }),
        ("it must be later than --from", Asked() with { From = Seconds(5), To = Seconds(5) }),
        ("--during: a file has its own length", Asked() with { During = Seconds(5) }),
        ("No block is told of whose id begins with \"xyz\"", Asked() with { Block = "xyz" }),
        ("No transaction is told of", Asked() with { Transaction = "xyz" }),
        ("begin with \"\"", Asked() with { Block = "" }),
        ("peer 9999 is not in it", Asked() with { ToPeer = new PeerId("9999") }),
        ("peer 9999 is not in it", Asked() with { Peers = [new PeerId("9999")] }),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_OfARecording_AreTheConversationOfTheTwo()
    {
        Simulate();

        Assert.Equal(ExitCode.Success, await MessagesAsync("5000", "5001"));

        var lines = _console.Lines;
        Assert.StartsWith("5000 and 5001, times in seconds since 2026-", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1).SkipLast(1), line => Assert.Matches(@"^ *\d+\.\d{3}  5000 [→←] 5001  [A-Z_]+", line));
        Assert.Contains(lines, line => line.Contains("5000 → 5001  INV", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("5000 ← 5001  PONG", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("LOST", StringComparison.Ordinal));
        var times = lines.Skip(1).SkipLast(1).Select(line => double.Parse(
            line[..10], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.Equal($"{times.Length} messages", lines[^1].Replace(",", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_OfAPartOfARecording_AreThoseOfThatTime()
    {
        Simulate();

        Assert.Equal(ExitCode.Success, await MessagesAsync("5000", "5001", Seconds(20), Seconds(10)));

        Assert.All(_console.Lines.Skip(1).SkipLast(1), line => Assert.Matches("^ +2[0-9]\\.|^ +30\\.000", line));
        Assert.True(_console.Lines.Count > 3);
    }

    [Theory]
    [InlineData("5000", "5000", "A conversation has two peers")]
    [InlineData("5000", "9999", "peer 9999 is not in it")]
    public async Task Messages_OfPeersThatAreNotTwo_AreRefused(string one, string other, string expected)
    {
        Simulate();

        Assert.Equal(ExitCode.Refused, await MessagesAsync(one, other));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_WithoutSingleMessages_IsRefusedWithWhatToDo()
    {
        Simulate(messages: false);

        Assert.Equal(ExitCode.Refused, await MessagesAsync("5000", "5001"));
        Assert.Equal(ExitCode.Refused, await DiagramAsync(Asked()));
        Assert.Equal(3, _error.ToString().Split("Record it with simulate --events --messages").Length);
    }

    [Fact]
    public async Task Network_ThatDoesNotRun_IsAFailureThatSaysWhichPeers()
    {
        var file = _folder.At("away.json");
        await File.WriteAllTextAsync(
            file,
            """
            { "peers": { "5000": { "ip": "127.0.0.2", "port": 1 }, "5001": { "ip": "127.0.0.3", "port": 2 } } }
            """,
            TestContext.Current.CancellationToken);

        var code = await MessagesCommand.RunAsync(
            file, new PeerId("5000"), new PeerId("5001"), null, Seconds(20), _console, _error);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("5000 cannot be followed at http://127.0.0.1:2001/", $"{_error}", StringComparison.Ordinal);
        Assert.Contains("5001 cannot be followed", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagram_WithoutAnyChoice_IsOfTheSlowestBlockWithItsSplit()
    {
        Simulate();

        Assert.Equal(ExitCode.Success, await DiagramAsync(Asked()));

        var svg = XElement.Load(Picture);
        Assert.Contains("How ", svg.Value, StringComparison.Ordinal);
        Assert.Matches(@"^Block [0-9a-f]{8} of 500\d: 3 of 3 peers have it", _output.ToString());
        Assert.Matches(@"500\d got it after .*latency ", _output.ToString());
    }

    [Fact]
    public async Task Diagram_OfATimeSpanAndTwoPeers_HasTheirMessagesOnly()
    {
        Simulate();

        Assert.Equal(ExitCode.Success, await DiagramAsync(
            Asked() with { From = Seconds(10), To = Seconds(20), Peers = [new PeerId("5001"), new PeerId("5000")] }));

        var names = XElement.Load(Picture).Descendants().Where(
            text => text.Parent?.Attribute("class")?.Value == "names" && text.Attribute("class")?.Value == "name");
        Assert.Equal(["5001", "5000"], names.Select(name => name.Value));
        Assert.StartsWith("All messages of 10.00 s", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Diagram_OfWhatIsNotThere_IsRefusedWithAReason(int number)
    {
        var (expected, request) = Bad[number];
        Simulate();

        Assert.Equal(ExitCode.Refused, await DiagramAsync(request));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Picture));
    }

    [Fact]
    public void Simulate_WithMessagesAndNoEvents_IsRefused()
    {
        var problems = new List<string>();
        var parsed = SimulateCommand.Build().Parse([_folder.Peers, "--messages"]);

        Assert.Null(SimulateCommand.Read(parsed, problems));
        Assert.Contains("--messages: give --events too", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static DiagramRequest Asked() => new(null, null, null, null, [], null, null, "");

    private void Simulate(bool messages = true)
    {
        string[] arguments =
        [
            _folder.Peers, "--for", "1min", "--loss", "0.2", "--events", "--out", _folder.At("run"),
            .. messages ? ["--messages"] : Array.Empty<string>(),
        ];
        var request = SimulateCommand.Read(SimulateCommand.Build().Parse(arguments), []);
        Assert.Equal(ExitCode.Success, new Lab.Simulate.SimulateRun(request!, new TestConsole()).Run());
    }

    private Task<int> MessagesAsync(string one, string other, TimeSpan? from = null, TimeSpan? during = null) =>
        MessagesCommand.RunAsync(Recording, new PeerId(one), new PeerId(other), from, during, _console, _error);

    private Task<int> DiagramAsync(DiagramRequest request) =>
        DiagramCommand.RunAsync(Recording, request with { Output = Picture }, _output, _error);
}
