namespace Blockchain.Shared.Identity;

/// <summary>What the signatures of one message say.</summary>
public enum Verdict
{
    /// <summary>They are right, or none is needed.</summary>
    Proven,

    /// <summary>One that is needed is missing or wrong: an offence of the peer that delivered the message.</summary>
    BadSignature,

    /// <summary>It is by somebody who has no key in <c>peers.json</c>.</summary>
    UnknownMaker,
}
