using Blockchain.Experiments;

namespace Blockchain.Lab.Tests.Experiments;

/// <summary>Experiments that are done in no time.</summary>
internal static class Tiny
{
    public static ExperimentOptions Options { get; } = new() { Seeds = 2, Blocks = 4, Peers = 24 };

    public static Study Study(string name, ExperimentOptions? options = null)
    {
        var problems = new List<string>();
        options ??= name switch
        {
            "size" => Options with { Peers = null, Values = [12, 24] },
            _ when Catalogue.Find(name)!.Parameter.NeedsPlanned => Options with { Peers = null, Values = Ends(name) },
            _ => Options with { Values = Ends(name) },
        };
        var study = StudyPlanner.Plan(name, options, problems);
        Assert.Empty(problems);
        return study!;
    }

    public static SweepResult Run(Study study, int parallelism = 2) =>
        new SweepRunner(study.Sweep).Run(parallelism, TestContext.Current.CancellationToken);

    private static double[] Ends(string name)
    {
        var values = Catalogue.Find(name)!.Parameter.Values;
        return [values[0], values[^1]];
    }
}
