namespace Blockchain.Trials.Acts;

/// <summary>A text is not an act. The message says what is wrong.</summary>
/// <param name="column">Where, counted from 1.</param>
public sealed class ActSyntaxException(int column, string message) : Exception(message)
{
    public int Column => column;
}
