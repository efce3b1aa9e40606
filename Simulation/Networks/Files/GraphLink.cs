using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>A link of a file while it is read.</summary>
/// <param name="Line">Where it stands.</param>
internal sealed record GraphLink(int Line, string From, string To)
{
    /// <summary>What the file says of it.</summary>
    public LinkPlan Plan { get; set; } = new(new(To));
}
