namespace Blockchain.Shared.Wire;

/// <summary>What reading from a connection may lead to; there is no fourth.</summary>
public enum ReadOutcome
{
    /// <summary>No complete line yet.</summary>
    NeedMore,

    /// <summary>One message, well formed. Whether its ids are right is for <c>HasValidId</c> to say.</summary>
    Message,

    /// <summary>A line that is not a message; the <see cref="MalformedReason"/> says why.</summary>
    Malformed,
}
