using System.Security.Cryptography;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>Makes the proof of each connection, in networks whose peers sign.</summary>
internal sealed class ConnectionProofs(NodeOptions options, Safeguards safeguards)
{
    public ConnectionProof? OfDialed(PeerId target) => Of(target);

    public ConnectionProof? OfAccepted() => Of(null);

    private ConnectionProof? Of(PeerId? dialed)
    {
        if (safeguards.Identity is not { } network)
        {
            return null;
        }

        // Not from the peer's own generator: what that draws can be foretold from what it has drawn.
        Span<byte> random = stackalloc byte[Hash256.ByteLength];
        RandomNumberGenerator.Fill(random);
        var challenge = new Hash256(random);
        var handshake = new Handshake(network, options.Plan.Id, dialed, challenge);
        return new ConnectionProof(network, handshake, dialed is not null);
    }
}
