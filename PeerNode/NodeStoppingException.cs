namespace Blockchain.PeerNode;

/// <summary>The peer takes no more questions.</summary>
internal sealed class NodeStoppingException() : InvalidOperationException(Text)
{
    public const string Text = "The node is stopping.";
}
