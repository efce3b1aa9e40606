using Blockchain.Shared;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>A node of a file while it is read.</summary>
/// <param name="Line">Where it stands first.</param>
internal sealed record GraphNode(int Line, string Id)
{
    public string? Region { get; set; }

    public bool IsLight { get; set; }

    public bool IsNated { get; set; }

    public int Network { get; set; } = PeerInfo.NoNetwork;

    public string Behaviour { get; set; } = Behaviours.Honest;

    /// <summary>Its part of the power to make blocks.</summary>
    public double Share { get; set; } = 1;
}
