using System.Net;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Telemetry;
using Microsoft.AspNetCore.Connections;

namespace Blockchain.PeerNode.Transport;

/// <summary>Takes the connections that others open with this peer.</summary>
internal sealed class P2pConnectionHandler(
    NodeOptions options, LoopMailbox mailbox, ConnectionMemory memory, Traffic traffic, CallerAddresses callers)
    : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (connection.RemoteEndPoint is not IPEndPoint remote)
        {
            return;
        }

        var ip = await callers.OfAsync(remote.Address);
        var accepted = new PeerConnection(ip, mailbox, memory, traffic, options.Plan.Settings.MaxLineBytes);
        if (!await mailbox.PostAsync(new ConnectionOpened(accepted)))
        {
            return;
        }

        await accepted.RunAsync(connection);
        await mailbox.PostAsync(new ConnectionClosed(accepted));
    }
}
