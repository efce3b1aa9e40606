using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests;

/// <summary>Nodes of a signed network on real sockets.</summary>
public sealed class SignedNodeTests
{
    private static readonly string[] Three = ["", "", ""];

    /// <summary>Two peers in different networks behind NAT, with a gateway each: two relays lie between them.</summary>
    private static readonly string[] BehindNat =
    [
        ", \"localnetworkid\": 1", ", \"localnetworkid\": 2",
        ", \"nat\": true, \"localnetworkid\": 1", ", \"nat\": true, \"localnetworkid\": 2",
    ];

    [Fact]
    public async Task Nodes_OfASignedNetwork_AgreeOnBlocksAndTransactions()
    {
        await using var network = await SignedFixture.StartAsync(Three, ["1", "2", "3"]);
        await network.PostAsync("1", "send?to=2&amount=7");
        await network.UntilAsync("3", "pool", 1);
        Assert.Equal(HttpStatusCode.OK, await network.PostAsync("2", "mine"));

        foreach (var id in (string[])["1", "2", "3"])
        {
            await network.UntilAsync(id, "height", 1);
            Assert.Equal(0, await network.DropsAsync(id, "InvalidSignature"));
            Assert.Equal(0, await network.DropsAsync(id, "UnknownSender"));
        }
    }

    [Fact]
    public async Task Nodes_BehindTwoNats_ReachEachOtherBySignedRelays()
    {
        await using var network = await SignedFixture.StartAsync(BehindNat, ["1", "2", "3", "4"]);
        await network.PostAsync("3", "mine");
        await network.UntilAsync("4", "height", 1);
        await Eventually.BecomesAsync(
            async () => (await network.GetAsync("4", "/peers")).AsArray()
                .Any(peer => peer!["peer_id"]!.GetValue<string>() == "3"
                    && peer["status"]!.GetValue<string>() == "ALIVE"),
            true);
        Assert.Equal(0, await network.DropsAsync("4", "InvalidSignature"));
    }

    [Fact]
    public async Task Caller_WithTheKeyOfAPeer_IsThatPeer()
    {
        await using var network = await SignedFixture.StartAsync(Three, ["1"]);
        using var client = await network.ConnectProvenAsync("3", "1");
        await client.SendAsync(TestClient.Ping("3", 2.5));
        Assert.Equal(2.5, (await client.ReceiveMessageAsync<Pong>()).Timestamp);
    }

    /// <summary>It has the address of peer 3, says its name, and is nobody.</summary>
    [Fact]
    public async Task Caller_FromThePeersAddressWithoutAProof_IsAStranger()
    {
        await using var network = await SignedFixture.StartAsync(Three, ["1"]);
        using var client = await network.ConnectAsync(3, "1");
        await client.SendAsync(TestClient.Hello("3", $"{network.Network}.3", network.P2pOf("3").Port));
        await client.SendAsync(TestClient.Ping("3", 2.5));

        await Eventually.BecomesAsync(() => network.DropsAsync("1", "UnknownSender"), 2);
    }

    /// <summary>What proved one connection is worth nothing on the next.</summary>
    [Fact]
    public async Task Caller_WithAReplayedProof_IsCutOff()
    {
        await using var network = await SignedFixture.StartAsync(Three, ["1"]);
        var handshake = new Handshake(
            network.As("3"), new PeerId("3"), new PeerId("1"), new Hash256(RandomNumberGenerator.GetBytes(32)));
        var opening = handshake.Opening(SignedFixture.NewId());
        Proof proof;
        using (var first = await network.ConnectAsync(3, "1"))
        {
            await first.SendAsync(opening);
            proof = handshake.Answer(await first.ReceiveMessageAsync<Challenge>(), SignedFixture.NewId())!;
            await first.SendAsync(proof);
            await first.SendAsync(TestClient.Ping("3", 1));
            await first.ReceiveMessageAsync<Pong>();
        }

        using var second = await network.ConnectAsync(3, "1");
        await second.SendAsync(opening);
        await second.SendAsync(proof);
        await second.AssertClosedAsync();
    }

    /// <summary>
    /// Somebody listens where peer 2 should, and speaks in its name. It is told nothing and believed nothing.
    /// </summary>
    [Fact]
    public async Task Listener_AtAnothersAddress_IsToldNothing()
    {
        await using var network = await SignedFixture.StartAsync(Three, []);
        using var impostor = new TcpListener(network.P2pOf("2"));
        impostor.Start();
        await network.StartNodeAsync("1");
        using var accepted = await impostor.AcceptTcpClientAsync(TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(TestClient.Deadline, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(accepted.GetStream());
        await using var writer = new StreamWriter(accepted.GetStream()) { AutoFlush = true };

        var own = new Handshake(
            network.As("3"), new PeerId("2"), new PeerId("1"), new Hash256(RandomNumberGenerator.GetBytes(32)));
        await writer.WriteAsync(Line(own.Opening(SignedFixture.NewId())));
        await writer.WriteLineAsync(TestClient.Ping("2", 1));
        var said = new List<string>();
        while (said.Count < 2)
        {
            var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(TestClient.Deadline, TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            said.Add(line);
        }

        // Its challenge, and its proof, which it gives to anybody of the network; nothing else.
        Assert.Contains("CHALLENGE", said[0], StringComparison.Ordinal);
        Assert.Contains("PROOF", said[1], StringComparison.Ordinal);
        MessageCodec.Read(System.Text.Encoding.UTF8.GetBytes(said[0]), out var challenge, out _);
        await writer.WriteAsync(Line(own.Answer(
            (Challenge)challenge! with { Sender = new PeerId("1") }, SignedFixture.NewId())!));
        Assert.Null(await NextLineAsync(reader));
        await Eventually.BecomesAsync(() => network.DropsAsync("1", "UnknownSender"), 1);
    }

    [Fact]
    public async Task Connection_ThreeBadSignatures_IsClosed()
    {
        await using var network = await SignedFixture.StartAsync(Three, ["1"]);
        using var client = await network.ConnectAsync(66, "1");
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync(TransactionFactory.Create("2", "3", i, 1));
        }

        await client.AssertClosedAsync();
        Assert.Equal(3, await network.DropsAsync("1", "InvalidSignature"));
    }

    [Fact]
    public async Task Stranger_TransactionOfAPeer_IsTaken()
    {
        await using var network = await SignedFixture.StartAsync(Three, ["1"]);
        using var client = await network.ConnectAsync(66, "1");
        await client.SendAsync(network.As("2").Sign(TransactionFactory.Create("2", "3", 5, 1)));
        await network.UntilAsync("1", "pool", 1);
    }

    [Fact]
    public async Task Mine_WhereBlocksNeedWork_IsBegunAndAnnouncedWhenItIsFound()
    {
        await using var network = await SignedFixture.StartAsync(["", ""], ["1", "2"], ", \"work\": 9");
        Assert.Equal(HttpStatusCode.Accepted, await network.PostAsync("1", "mine"));
        await network.UntilAsync("2", "height", 1);
        var id = (await network.GetAsync("2", "/blocks"))[0]!["block_id"]!.GetValue<string>();
        Assert.True(Hash256.TryParse(id, out var hash));
        Assert.True(hash.LeadingZeroBits >= 9, id);
    }

    /// <summary>Null when the connection has ended; a reset is an end too.</summary>
    private static async Task<string?> NextLineAsync(StreamReader reader)
    {
        try
        {
            return await reader.ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(TestClient.Deadline, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Line(Message message)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
