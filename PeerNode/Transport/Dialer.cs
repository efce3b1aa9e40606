using System.Net;
using System.Net.Sockets;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Blockchain.PeerNode.Transport;

/// <summary>Opens connections, from the peer's own address, by which others know it.</summary>
internal sealed class Dialer(
    NodeOptions options,
    LoopMailbox mailbox,
    ConnectionMemory memory,
    Intake intake,
    Traffic traffic,
    AddressBook addresses,
    ConnectionProofs proofs,
    ILogger<SocketConnectionContextFactory> logger) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly SocketConnectionContextFactory _contexts = new(
        new SocketConnectionFactoryOptions { MaxReadBufferSize = Intake.ReadBytes }, logger);

    /// <summary>
    /// Returns at once. What is enqueued meanwhile is sent when the connection stands, or reported as failed.
    /// </summary>
    /// <param name="introduction">What the other side must hear first in order to know who calls; null:
    /// nothing.</param>
    /// <param name="isForOne">It closes when what waits is written.</param>
    public PeerConnection Dial(PeerInfo target, Hello? introduction, bool isForOne)
    {
        var connection = new PeerConnection(
            target.Ip,
            mailbox,
            memory,
            intake,
            traffic,
            options.Plan.Settings.MaxLineBytes,
            proofs.OfDialed(target.Id),
            isForOne)
        {
            Peer = target.Id,
        };
        _ = Task.Run(() => RunAsync(connection, target, introduction));
        return connection;
    }

    public void Dispose() => _contexts.Dispose();

    private async Task RunAsync(PeerConnection connection, PeerInfo target, Hello? introduction)
    {
        try
        {
            var socket = await ConnectAsync(target);
            await using var transport = _contexts.Create(socket);
            if (introduction is not null)
            {
                MessageCodec.Write(transport.Transport.Output, introduction);
            }

            await connection.RunAsync(transport);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException
            or ObjectDisposedException)
        {
            // Nobody there: what waits is reported as failed, which is all that the core needs to know.
        }
        finally
        {
            await connection.FailUnsentAsync();
            await mailbox.PostAsync(new ConnectionClosed(connection));
        }
    }

    private async Task<Socket> ConnectAsync(PeerInfo target)
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout);
        var endpoint = await addresses.FindAsync(target, timeout.Token);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (!options.P2p.Address.Equals(IPAddress.Any))
            {
                socket.Bind(new IPEndPoint(options.P2p.Address, 0));
            }

            await socket.ConnectAsync(endpoint, timeout.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
