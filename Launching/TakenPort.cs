using System.Net;
using System.Net.Sockets;
using Blockchain.Shared;

namespace Blockchain.Launching;

/// <param name="Use">"P2P" or "HTTP".</param>
public sealed record TakenPort(PeerId Peer, string Use, IPEndPoint Endpoint, SocketError Error);
