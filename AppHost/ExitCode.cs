namespace Blockchain.AppHost;

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A mistake in the arguments or the file; nothing was started.</summary>
    public const int Refused = 2;
}
