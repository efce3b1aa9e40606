namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>One after the other, since a listener makes every node of the process trace.</summary>
[CollectionDefinition(Name)]
public sealed class ListeningGroup
{
    public const string Name = "listening";
}
