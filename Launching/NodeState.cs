namespace Blockchain.Launching;

public enum NodeState
{
    /// <summary>Not started, as a peer with a manual start.</summary>
    Idle,

    /// <summary>The process runs, its <c>/health</c> does not answer yet.</summary>
    Starting,

    Up,

    /// <summary>Ended because the launcher wanted it to.</summary>
    Stopped,

    /// <summary>Ended by itself.</summary>
    Died,
}
