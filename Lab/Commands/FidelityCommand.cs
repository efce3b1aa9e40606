using System.CommandLine;
using Blockchain.Experiments.Fidelity;
using Blockchain.Lab.Fidelity;

namespace Blockchain.Lab.Commands;

/// <summary><c>fidelity</c>: whether the simulator tells of a network what its processes show.</summary>
internal static class FidelityCommand
{
    private static readonly TimeSpan UsualDuration = TimeSpan.FromMinutes(10);

    public static Command Build()
    {
        var file = Arguments.File();
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "How long to measure; 10min by default.",
            HelpName = "time",
            CustomParser = Arguments.ParseDuration,
        };
        var seeds = Arguments.Count("--seeds", "How many simulations to run.", usually: 10);
        var command = new Command("fidelity", "Measure a network as processes and in virtual time, and compare.")
        {
            file, duration, seeds,
        };
        command.SetAction((parsed, _) => new FidelityRun(
            parsed.GetRequiredValue(file),
            new Schedule(parsed.GetValue(duration) ?? UsualDuration),
            parsed.GetValue(seeds)).RunAsync());
        return command;
    }
}
