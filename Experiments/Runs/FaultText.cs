using System.Globalization;
using Blockchain.Shared;
using Blockchain.Simulation.Faults;

namespace Blockchain.Experiments.Runs;

/// <summary>
/// Faults as one writes them on a command line or in a file, one a line: <c>at 10min partition group 1</c>.
/// docs/simulator.md has the grammar. What <see cref="Format"/> writes, <see cref="Parse"/> reads.
/// </summary>
internal static class FaultText
{
    /// <summary>From here to the end of its line a file's text is for people.</summary>
    private const char Comment = '#';

    /// <exception cref="FaultSyntaxException">It is not a fault; the exception knows where.</exception>
    public static Fault Parse(string text) => new FaultParser(text).Parse();

    /// <summary>The faults of a file, and every line that is none as <c>FILE:LINE:COLUMN: what is wrong</c>.</summary>
    public static List<Fault> ParseFile(string name, string text, List<string> problems)
    {
        var faults = new List<Fault>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Split(Comment)[0];
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                faults.Add(Parse(line));
            }
            catch (FaultSyntaxException error)
            {
                problems.Add($"{name}:{i + 1}:{error.Column}: {error.Message}");
            }
        }

        return faults;
    }

    public static string Format(Fault fault)
    {
        var at = $"at {Durations.Format(fault.At)}";
        return fault switch
        {
            Heal => $"{at} heal",
            CutOffNetwork cut => $"{at} {(cut.IsCutOff ? "cut-off" : "reconnect")} group {cut.NetworkId}",
            LossBurst burst => $"{at} loss {Percent(burst.Loss)} until {Durations.Format(burst.Until)}",
            Churn churn => $"{at} churn {Who(churn.Peers)} until {Durations.Format(churn.Until)} "
                + $"up {Durations.Format(churn.MeanUp)} down {Durations.Format(churn.MeanDown)}",
            Pause pause => $"{at} pause {Who(pause.Peers)} until {Durations.Format(pause.Until)}",
            TurnMalicious turn => $"{at} {(turn.IsMalicious ? "malicious" : "honest")} {Who(turn.Peers)}",
            Partition or Crash or Restart or LateJoin => $"{at} {NameOf(fault)} {Who(((PeerFault)fault).Peers)}",
            _ => throw new ArgumentException($"{fault.GetType().Name} has no words.", nameof(fault)),
        };
    }

    private static string NameOf(Fault fault) => fault switch
    {
        Partition => "partition",
        Crash => "crash",
        Restart => "restart",
        _ => "late-join",
    };

    private static string Who(PeerChoice choice)
    {
        var terms = new List<string>();
        if (choice.Ids.Count > 0)
        {
            terms.Add(string.Join(", ", choice.Ids));
        }

        if (choice.NetworkId is { } network)
        {
            terms.Add($"group {network}");
        }

        if (choice.Share > 0)
        {
            terms.Add(Percent(choice.Share));
        }

        return terms.Count == 0 ? "0%" : string.Join(" and ", terms);
    }

    private static string Percent(double share) =>
        ((decimal)share * 100).ToString("0.############", CultureInfo.InvariantCulture) + "%";
}
