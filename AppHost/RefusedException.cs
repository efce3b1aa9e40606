namespace Blockchain.AppHost;

/// <summary>What the user asked for cannot be started.</summary>
/// <param name="problems">Everything that is wrong, one line each.</param>
public sealed class RefusedException(IReadOnlyList<string> problems) : Exception(
    string.Join(Environment.NewLine, problems))
{
    public RefusedException(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems => problems;
}
