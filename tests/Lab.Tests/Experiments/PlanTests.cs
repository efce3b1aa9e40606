using Blockchain.Experiments;
using Blockchain.Lab.Commands;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Lab.Tests.Experiments;

public sealed class PlanTests
{
    [Theory]
    [InlineData("There is no experiment \"gravity\". There are: fanout, loss", "gravity")]
    [InlineData("--values: 0 is not from 1 to 1000000.", "fanout", "--values", "0")]
    [InlineData("--values: 1.5 is not a whole number.", "fanout", "--values", "1.5,2")]
    [InlineData("--values: 2 is given twice.", "fanout", "--values", "2,3,2")]
    [InlineData("--values: 1.5 is not from 0 to 1.", "loss", "--values", "0.5,1.5")]
    [InlineData("--values: -1 is not from 0 to 1.", "churn", "--values", "-1")]
    [InlineData("--values: \"a\" is neither a number nor a relay rule", "loss", "--values", "0.1,a")]
    [InlineData("--values: \"\" is neither a number nor a relay rule", "loss", "--values", "0.1,")]
    [InlineData("--values: \"NaN\" is neither a number nor a relay rule", "loss", "--values", "NaN")]
    [InlineData("--seeds must be at least 1.", "loss", "--seeds", "0")]
    [InlineData("--blocks must be at least 1.", "loss", "--blocks", "-1")]
    [InlineData("--parallel must be at least 1.", "loss", "--parallel", "0")]
    [InlineData("There is no preset \"mars\".", "loss", "--preset", "mars")]
    [InlineData("Give --preset or --file, not both.", "loss", "--preset", "bitcoin-2019", "--file", "x.json")]
    [InlineData("no-such.json: there is no such file.", "loss", "--file", "no-such.json")]
    [InlineData("this experiment changes it; use --values", "size", "--peers", "10")]
    [InlineData("fanout 1: 1 peers are not possible; choose 2 to", "fanout", "--values", "1", "--peers", "1")]
    [InlineData("no-such.json: there is no such file.", "compare", "no-such.json", "no-such.json")]
    public async Task Run_WrongInput_IsRefusedInClearLines(string expected, params string[] arguments)
    {
        var parsed = CommandLine.Build().Parse(["experiment", .. arguments]);
        using var error = new StringWriter();
        foreach (var problem in parsed.Errors)
        {
            await error.WriteLineAsync(problem.Message);
        }

        if (parsed.Errors.Count == 0)
        {
            Assert.Equal(ExitCode.Refused, await ExperimentCommand.RunAsync(parsed, TextWriter.Null, error));
        }

        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size")]
    [InlineData("nat")]
    [InlineData("light")]
    [InlineData("block-size")]
    public void Plan_PeersFileForWhatItDoesNotHave_IsRefused(string name)
    {
        using var file = new TemporaryFile(PeersFile.Write(Networks.OfEveryKind()));
        var problems = new List<string>();
        Assert.Null(StudyPlanner.Plan(name, new ExperimentOptions { File = file.Path }, problems));
        Assert.Contains("not possible with a peers.json", Assert.Single(problems), StringComparison.Ordinal);
    }

    /// <summary>Values that are names are called by them, in the table, the files and the command.</summary>
    [Fact]
    public void Plan_RelayRules_AreCasesByTheirNames()
    {
        var study = Tiny.Study("relay", new ExperimentOptions { Seeds = 2, Values = [5, 1], Peers = 20, Blocks = 2 });
        Assert.Equal(["push", "mesh"], study.Sweep.Cases.Select(one => one.Label));
        Assert.Equal(
            ["push", "mesh"],
            study.Sweep.Cases.Select(one => ((GeneratedNetwork)one.Config.Network).Settings.Relay));
        Assert.EndsWith("-- experiment relay --seeds 2 --values mesh,push --peers 20 --blocks 2", study.Command,
            StringComparison.Ordinal);
        Assert.Empty(CommandLine.Build().Parse(
            study.Command[(study.Command.IndexOf("-- experiment", StringComparison.Ordinal) + 3)..]).Errors);
    }

    [Fact]
    public async Task Run_NoName_ListsAllWithTheirQuestions()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await new ExperimentRun(new ExperimentOptions(), output, TextWriter.Null).RunAsync(null));
        Assert.All(Catalogue.All, experiment => Assert.Contains(
            $"{experiment.Name,-18}{experiment.Question}", output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Command_OfAStudy_PlansTheSameStudy()
    {
        var options = new ExperimentOptions { Seeds = 3, Values = [0.5, 0.1], Peers = 30, Blocks = 5 };
        var command = Tiny.Study("loss", options).Command;
        Assert.EndsWith("-- experiment loss --seeds 3 --values 0.5,0.1 --peers 30 --blocks 5", command,
            StringComparison.Ordinal);
        Assert.Empty(CommandLine.Build().Parse(
            command[(command.IndexOf("-- experiment", StringComparison.Ordinal) + 3)..]).Errors);
    }
}
