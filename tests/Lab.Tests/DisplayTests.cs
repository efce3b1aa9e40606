using Blockchain.Lab.Display;
using Blockchain.Launching;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Blockchain.Lab.Tests;

public sealed class DisplayTests
{
    private const int Wide = 140;

    [Fact]
    public async Task PeerTable_NetworkOfEveryKind_TellsRolesNetworksAndAddresses()
    {
        await using var network = new LocalNetwork(Networks.OfEveryKind(), "peers.json", new LocalNetworkOptions());
        var lines = Render(PeerTable.Build(network, state: null));
        Assert.Equal(
            [
                "Peer Role           Network      P2P             Page",
                "5000 full           1 gateway    127.99.0.0:5000 http://127.0.0.1:7000/",
                "5001 full           1 behind NAT 127.99.0.1:5001 http://127.0.0.1:7001/",
                "5002 full malicious -            127.99.0.2:5002 http://127.0.0.1:7002/",
                "5003 light          -            127.99.0.3:5003 http://127.0.0.1:7003/",
            ],
            lines);
    }

    [Fact]
    public async Task PeerTable_StatesOfDifferentLength_KeepsItsWidth()
    {
        await using var network = new LocalNetwork(Networks.OfEveryKind(), "peers.json", new LocalNetworkOptions());
        var before = Render(PeerTable.Build(network, _ => "starting"));
        var after = Render(PeerTable.Build(network, _ => "up after 10.2 s"));
        Assert.Equal(before.Select(line => line.Length), after.Select(line => line.Length));
    }

    [Fact]
    public async Task PlainDisplay_NotATerminal_WritesNoEscapeSequences()
    {
        await using var network = new LocalNetwork(Networks.OfEveryKind(), "peers.json", new LocalNetworkOptions());
        using var console = new TestConsole();
        var display = NetworkDisplay.For(console, network, () => TimeSpan.FromSeconds(2.94));
        await display.ShowStartAsync(Task.CompletedTask);
        display.SayEnd(new NetworkSnapshot(4, 4, 3, 3, 1, 3, 3, 0, 0, 0));

        Assert.IsType<PlainDisplay>(display);
        Assert.DoesNotContain('\e', console.Output);
        Assert.Contains("stopped after 0:02; 3 blocks in the chain, the same on all 3 honest peers", console.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void StatusLine_TwoMoments_CountsMessagesBetweenThem()
    {
        var status = new StatusLine();
        var first = new NetworkSnapshot(11, 11, 41, 42, 2, 8, 9, 17, Sent: 1000, Dropped: 54);
        status.Next(TimeSpan.FromSeconds(60), first);
        var line = Markup.Remove(status.Next(TimeSpan.FromSeconds(62), first with { Up = 10, Sent = 1600 }));
        Assert.Equal(
            "   1:02  10/11 peers up  blocks 41-42     2 tips    17 tx pooled     300 msg/s     54 dropped", line);
    }

    [Fact]
    public void StatusLine_NodeStartedAgain_CountsNoNegativeMessages()
    {
        var status = new StatusLine();
        var snapshot = new NetworkSnapshot(1, 1, 0, 0, 1, 1, 1, 0, Sent: 1000, Dropped: 0);
        status.Next(TimeSpan.FromSeconds(1), snapshot);
        Assert.Contains(" 0 [grey]msg/s", status.Next(
            TimeSpan.FromSeconds(2), snapshot with { Sent = 5 }), StringComparison.Ordinal);
    }

    private static string[] Render(Table table)
    {
        using var console = new TestConsole();
        console.Profile.Width = Wide;
        console.Write(table);
        return [.. console.Lines.Select(line => line.TrimEnd())];
    }
}
