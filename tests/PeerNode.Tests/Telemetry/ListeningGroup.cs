namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>
/// One after the other and alone: a listener makes every node of the process trace, and where several nodes have the
/// same
/// meter, the end of one takes its instruments from what all of them export.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ListeningGroup
{
    public const string Name = "listening";
}
