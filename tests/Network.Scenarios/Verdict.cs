namespace Blockchain.Network.Scenarios;

/// <summary>What can be said of a promise about time.</summary>
public enum Verdict
{
    /// <summary>In time: that a machine is busy makes nothing faster.</summary>
    Held,

    /// <summary>Too late, on a machine that left the network time enough.</summary>
    DidNotHold,

    /// <summary>Too late, but others kept the machine busy.</summary>
    CouldNotBeTold,
}
