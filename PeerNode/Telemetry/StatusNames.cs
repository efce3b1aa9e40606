using Blockchain.Shared.Neighbours;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>How a peer's status is written in answers and metrics.</summary>
internal static class StatusNames
{
    public static string Of(PeerStatus status) => status switch
    {
        PeerStatus.Alive => "ALIVE",
        PeerStatus.Unreachable => "UNREACHABLE",
        _ => "UNKNOWN",
    };
}
