namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>What a program of a stranger is kept from.</summary>
public enum Protection
{
    /// <summary>It sees none of our variables, and its home is an empty folder.</summary>
    Environment,

    /// <summary>It gets none of the files that we hold open.</summary>
    Handles,

    /// <summary>It runs as a user who owns nothing, and cannot become another.</summary>
    User,

    /// <summary>It does not take the memory of others.</summary>
    Memory,

    /// <summary>It does not take the processor for ever.</summary>
    Cpu,

    /// <summary>It does not fill the disk.</summary>
    Output,

    /// <summary>It does not start processes without end.</summary>
    Processes,

    /// <summary>It reaches nobody.</summary>
    Network,

    /// <summary>It reads nothing of others, and changes nothing.</summary>
    Files,

    /// <summary>Nothing of it runs on when its time is over.</summary>
    Ending,
}
