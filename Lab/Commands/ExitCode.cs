namespace Blockchain.Lab.Commands;

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It ran, and something failed on the way.</summary>
    public const int Failure = 1;

    /// <summary>What was asked for cannot be done: a wrong option or file, a taken port. Nothing was started.</summary>
    public const int Refused = 2;

    /// <summary>A simulation broke one of its invariants.</summary>
    public const int Violation = 3;

    /// <summary>
    /// Ctrl-C ended a simulation before its time: there are results, but not those that were asked for. It is
    /// 128 + SIGINT, as shells say it.
    /// </summary>
    public const int Interrupted = 130;
}
