using Blockchain.Shared.Topology;
using Blockchain.Signing;

namespace Blockchain.PeerNode.Configuration;

/// <summary>
/// The private key of a peer whose network signs: <c>Node:PrivateKey</c>, or the file that
/// <c>Node:PrivateKeyFile</c> names. No message shows any of it.
/// </summary>
internal static class PrivateKeyReader
{
    private const string Name = "PrivateKey";
    private const string FileName = "PrivateKeyFile";

    /// <returns>Null where none is needed, and after an error.</returns>
    public static PrivateKey? Read(IConfiguration section, NetworkPlan network, PeerPlan plan, List<string> errors)
    {
        if (!network.IsSigned)
        {
            return null;
        }

        foreach (var peer in network.Peers.Where(peer => peer.Key is null).Take(1))
        {
            errors.Add($"Node:File: the network is signed, and peer {peer.Id} has no public key in \"keys\"; make keys "
                + "with: Lab keys.");
        }

        if (section[Name] is not { Length: > 0 } text)
        {
            if (section[FileName] is not { Length: > 0 } file)
            {
                errors.Add(
                    $"Node:{FileName} is missing: in a signed network it is the file with the peer's private key.");
                return null;
            }

            try
            {
                text = File.ReadAllText(file);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                errors.Add($"Node:{FileName}: {problem.Message}");
                return null;
            }
        }

        if (!PrivateKey.TryParse(text, out var key))
        {
            errors.Add($"Node:{Name} and {FileName}: a private key is 64 hex digits, and this is none.");
            return null;
        }

        using var pair = Ed25519Signatures.Of(key);
        if (plan.Key is { } stated && pair.PublicKey != stated)
        {
            errors.Add($"Node:{Name} and {FileName}: the private key is not the one of peer {plan.Id}, whose public "
                + $"key is {stated}.");
            return null;
        }

        return key;
    }
}
