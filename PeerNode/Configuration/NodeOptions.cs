using System.Net;
using Blockchain.Shared.Topology;
using Blockchain.Signing;

namespace Blockchain.PeerNode.Configuration;

/// <summary>What a node is told at its start, checked.</summary>
/// <param name="Network">The network with the addresses of its <paramref name="Addresses"/> mode.</param>
/// <param name="Plan">This node's peer.</param>
/// <param name="ControlKey">What a caller of the control API must show; null: there is no control API.</param>
/// <param name="Seed">Everything random about the peer follows from this.</param>
/// <param name="TransactionTraces">
/// Transactions of which this node makes a span, per second at most, while spans are collected at all.
/// </param>
/// <param name="P2p">Where other peers connect; dials leave from the same address.</param>
/// <param name="Http">Where pages and API are.</param>
public sealed record NodeOptions(
    NetworkPlan Network,
    PeerPlan Plan,
    AddressMode Addresses,
    string? ControlKey,
    ulong Seed,
    int TransactionTraces,
    IPEndPoint P2p,
    IReadOnlyList<IPEndPoint> Http)
{
    /// <summary>Its own, in a network whose peers sign; else null.</summary>
    public PrivateKey? PrivateKey { get; init; }

    /// <summary>The folder of the node's file; null: nothing outlives the process.</summary>
    public string? Data { get; init; }

    /// <summary>The address of the page of the whole network; null: there is none, or nobody has said.</summary>
    public string? Observatory { get; init; }
}
