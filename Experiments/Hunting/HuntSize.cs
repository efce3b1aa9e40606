using System.Globalization;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Hunting;
using LoadAct = Blockchain.Trials.Acts.Load;

namespace Blockchain.Experiments.Hunting;

/// <summary>How large a failing run is, in the figures that shrinking is to make small.</summary>
/// <param name="Faults">Acts that disturb the network.</param>
/// <param name="Steps">All steps, the one that fails among them.</param>
/// <param name="Messages">Sent until it failed.</param>
/// <param name="Time">Until it failed.</param>
internal sealed record HuntSize(int Peers, int Faults, int Steps, long Messages, TimeSpan Time)
{
    public static HuntSize Of(Failure failure, long messages) => new(
        failure.Scenario.Network.Peers.Count,
        failure.Scenario.Acts.Count(act => act is not (MineBlocks or SendTransactions or LoadAct or Generate)),
        failure.Scenario.Steps.Count,
        messages,
        failure.Result.Took);

    public IReadOnlyList<(string Name, string Value)> Figures =>
    [
        ("peers", Number(Peers)),
        ("faults", Number(Faults)),
        ("steps", Number(Steps)),
        ("messages", Number(Messages)),
        ("seconds", Time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
    ];

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
