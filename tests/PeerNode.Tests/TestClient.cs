#pragma warning disable RCS0056 // Some lines are data as it is sent or shown.
using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Tests;

/// <summary>A node of somebody else's: lines over a plain socket, from an address of its own.</summary>
internal sealed class TestClient : IDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly SocketError[] Refusals = [SocketError.ConnectionReset, SocketError.ConnectionRefused];

    private readonly TcpClient _client;
    private readonly StreamReader _reader;

    private TestClient(TcpClient client)
    {
        _client = client;
        _reader = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    public static async Task<TestClient> ConnectAsync(string from, IPEndPoint to)
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0)) { NoDelay = true };
        await client.ConnectAsync(to).WaitAsync(Deadline);
        return new TestClient(client);
    }

    /// <summary>Who calls from there is not let in: the connection fails, or is closed at once.</summary>
    public static async Task AssertRefusedAsync(string from, IPEndPoint to)
    {
        try
        {
            using var client = await ConnectAsync(from, to);
            await client.AssertClosedAsync();
        }
        catch (SocketException e)
        {
            Assert.Contains(e.SocketErrorCode, Refusals);
        }
    }

    public static string Ping(string sender, double timestamp) =>
        $$"""{"type": "PING", "sender": "{{sender}}", "timestamp": {{timestamp.ToString("R", CultureInfo.InvariantCulture)}}, "message_id": "{{Guid.NewGuid()}}"}""";

    public static string Hello(string sender, string ip, int port) =>
        $$"""{"type": "HELLO", "sender": "{{sender}}", "ip": "{{ip}}", "port": {{port}}, "flags": {"nat": false, "light": false}, "localnetworkid": -1, "message_id": "{{Guid.NewGuid()}}"}""";

    public Task SendAsync(string line) => SendBytesAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public Task SendAsync(Message message)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        return SendBytesAsync(output.WrittenMemory);
    }

    /// <summary>The next message of a type, as the codec reads it.</summary>
    public async Task<T> ReceiveMessageAsync<T>()
        where T : Message
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync().WaitAsync(Deadline);
            Assert.True(line is not null, $"The connection ended before a {typeof(T).Name} came.");
            MessageCodec.Read(Encoding.UTF8.GetBytes(line), out var message, out _);
            if (message is T wanted)
            {
                return wanted;
            }
        }
    }

    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) =>
        _client.GetStream().WriteAsync(bytes).AsTask().WaitAsync(Deadline);

    /// <summary>The next message of a type; others that come before it are skipped.</summary>
    public async Task<JsonObject> ReceiveAsync(string type)
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync().WaitAsync(Deadline);
            Assert.True(line is not null, $"The connection ended before a {type} came.");
            var message = JsonNode.Parse(line)!.AsObject();
            if (message["type"]!.GetValue<string>() == type)
            {
                return message;
            }
        }
    }

    /// <summary>The next line; null at the end.</summary>
    public Task<string?> ReceiveLineAsync() => _reader.ReadLineAsync().WaitAsync(Deadline);

    /// <summary>
    /// To be called on peer 3's connection: that a known peer is answered is the sign that the node serves.
    /// </summary>
    public async Task AssertServedAsync()
    {
        var timestamp = DateTime.UtcNow.Subtract(DateTime.UnixEpoch).TotalSeconds;
        await SendAsync(Ping("3", timestamp));
        var pong = await ReceiveAsync("PONG");
        Assert.Equal(timestamp, pong["timestamp"]!.GetValue<double>());
    }

    /// <summary>Reads until the node closes the connection.</summary>
    public async Task AssertClosedAsync()
    {
        try
        {
            while (await _reader.ReadLineAsync().WaitAsync(Deadline) is not null)
            {
            }
        }
        catch (IOException)
        {
            // A reset is a close too.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}
