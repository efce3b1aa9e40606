namespace Blockchain.Conformance.Rules;

/// <summary>How a test can talk with a node.</summary>
[Flags]
public enum Forms
{
    None = 0,

    /// <summary>Lines over standard input and output, in virtual time.</summary>
    Stdio = 1,

    /// <summary>Connections, in real time.</summary>
    Tcp = 2,

    Both = Stdio | Tcp,
}
