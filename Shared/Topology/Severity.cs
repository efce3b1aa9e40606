namespace Blockchain.Shared.Topology;

/// <summary>Whether a problem stops the start.</summary>
public enum Severity
{
    Warning,
    Error,
}
