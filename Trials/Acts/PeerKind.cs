namespace Blockchain.Trials.Acts;

/// <summary>What a peer is, as scenarios name it in lower case.</summary>
public enum PeerKind
{
    /// <summary>It does, and always did, what the protocol asks for.</summary>
    Honest,
    Malicious,
    Full,
    Light,

    /// <summary>Behind NAT.</summary>
    Nat,

    /// <summary>Not behind NAT.</summary>
    Public,
}
