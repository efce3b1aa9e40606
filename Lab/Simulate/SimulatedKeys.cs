using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Signing;
using Blockchain.Simulation;

namespace Blockchain.Lab.Simulate;

/// <summary>
/// Key pairs for a simulation that computes its signatures: drawn from the seed, so that a run can be repeated, and for
/// the same reason of no use outside of it.
/// </summary>
internal sealed class SimulatedKeys
{
    private readonly Dictionary<PeerId, VerifiedSignatures> _signatures = [];

    private SimulatedKeys(SimulationConfig config) => Config = config;

    /// <summary>The configuration with the public keys.</summary>
    public SimulationConfig Config { get; private set; }

    /// <summary>Null for a network that is not signed.</summary>
    public static SimulatedKeys? Of(SimulationConfig config)
    {
        if (config.Network is not PlannedNetwork { Plan: { IsSigned: true } plan })
        {
            return null;
        }

        var keys = new SimulatedKeys(config);
        keys.Config = config with
        {
            Network = new PlannedNetwork(plan.Select(peer => peer with { Key = keys.Make(peer.Id, config.Seed) })),
        };
        return keys;
    }

    public ISignatures SignaturesOf(PeerId peer) => _signatures[peer];

    private PublicKey Make(PeerId peer, ulong seed)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed} {peer}");
        var pair = Ed25519Signatures.Of(PrivateKey.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        _signatures.Add(peer, new VerifiedSignatures(pair));
        return pair.PublicKey;
    }
}
