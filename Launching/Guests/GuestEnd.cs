namespace Blockchain.Launching.Guests;

/// <summary>The end of a program in words.</summary>
internal static class GuestEnd
{
    /// <summary>Shells and .NET add it to the number of the signal that ended a program.</summary>
    private const int SignalBase = 128;
    private const int Kill = 9;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [6] = "SIGABRT", [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [15] = "SIGTERM",
        [24] = "SIGXCPU: its time of the processor is over", [25] = "SIGXFSZ: it wrote too large a file",
    };

    /// <param name="errors">What it wrote to standard error.</param>
    public static string Of(int exitCode, string errors)
    {
        var signal = IsOfUnshare(errors) ? Kill : exitCode - SignalBase;
        return signal > 0
            ? $"it was ended by signal {signal}" + (Signals.TryGetValue(signal, out var name) ? $" ({name})" : "")
            : $"it ended, exit code {exitCode}";
    }

    /// <summary>
    /// Some versions of unshare(1) fail when they want to end by SIGKILL as their program did, and say this.
    /// </summary>
    public static bool IsOfUnshare(string errors) =>
        errors.Contains("unshare: sigprocmask unblock failed", StringComparison.Ordinal);
}
