namespace Blockchain.Experiments.Runs;

/// <summary>A text that is not a fault.</summary>
/// <param name="column">Where it goes wrong, from 1.</param>
internal sealed class FaultSyntaxException(int column, string message) : Exception(message)
{
    public int Column => column;
}
