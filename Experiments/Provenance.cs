using System.Reflection;
using System.Runtime.InteropServices;
using Blockchain.Experiments.Plots;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>With what, and when, results were made.</summary>
/// <param name="Took">Time on the clock, not in the simulated networks.</param>
internal sealed record Provenance(DateTimeOffset Started, TimeSpan Took, int Parallel)
{
    public const string IntervalNote =
        "Confidence intervals are those of Student for the mean over the seeds: mean ± t · s / √n, where s is the "
        + "standard deviation of the n runs and t the 97.5 % quantile of the t distribution with n − 1 degrees of "
        + "freedom. Differences are paired: between runs with the same seed. Of twenty such intervals one misses the "
        + "true mean by chance. Of a time to which some run never came, the median is shown instead, with that run "
        + "as longer than all others; its interval lies between two order statistics (David and Nagaraja, 2003) and "
        + "needs six runs.";

    /// <summary>When a difference is called clear.</summary>
    /// <param name="family">What is looked at together.</param>
    public static string CorrectionNote(string family) =>
        $"A difference is called clear if it is so after the correction of Holm (1979) for {family}: p, how likely a "
        + "difference as large is by chance (paired t-test; where some run never came to a time, sign test), is "
        + "raised so that with no true difference, one or more of all of them are called clear in at most 5 % of such "
        + "tables. What is exactly the same in every pair is no test.";

    public static string Program { get; } = VersionOf(typeof(Provenance));

    public static string Simulator { get; } = VersionOf(typeof(SimulationRun));

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public static string System => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";

    public ReportPage AddTo(ReportPage page, string command) => page
        .Section("How to repeat it")
        .Code(command)
        .Paragraph(
            $"Made with Lab {Short(Program)}, simulator {Short(Simulator)}, {Runtime} on {System}, on "
            + $"{Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC, in "
            + FormattableString.Invariant($"{Took.TotalSeconds:0.0} s with {Parallel} runs at a time. ")
            + "Beside this page: data.csv (every run), summary.csv (means and intervals), manifest.json (the full "
            + "configuration), and each picture as PNG and SVG.");

    // A whole commit is one word that no phone has room for.
    private static string Short(string version) => version.Split('+') is [var number, { Length: > 8 } commit]
        ? $"{number} ({commit[..8]})"
        : version;

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
