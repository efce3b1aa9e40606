using System.Diagnostics;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>How one program of somebody else is started, and how all of it is ended. Disposing ends it too.</summary>
internal interface IConfinement : IDisposable
{
    ProcessStartInfo Start { get; }

    /// <summary>Ends the program and all that it has started.</summary>
    void Kill(Process process);

    /// <summary>Which limit has ended it, for people; null: none that can be told.</summary>
    string? LimitReached { get; }
}
