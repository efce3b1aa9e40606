namespace Blockchain.Conformance.Running;

/// <summary>The node takes no further part.</summary>
/// <param name="isMalformed">It wrote a message that is none (W10), and was not asked any more for that reason.</param>
internal sealed class TesteeFailedException(string message, bool isMalformed = false) : Exception(message)
{
    public bool IsMalformed { get; } = isMalformed;
}
