using System.CommandLine;
using BenchmarkDotNet.Running;
using Blockchain.Benchmarks.Attacks;
using Blockchain.Benchmarks.Fuzzing;
using Blockchain.Benchmarks.Guests;
using Blockchain.Benchmarks.Hunts;
using Blockchain.Benchmarks.Mutants;
using Blockchain.Benchmarks.Simulation;

// Commands of our own; anything else is BenchmarkDotNet's.
if (args is ["simulation", .. var sizes])
{
    SimulationTable.Run(sizes);
    return 0;
}

if (args is ["attack", .. var options])
{
    return await AttackCommand.RunAsync(options);
}

var commands = new RootCommand("Benchmarks, and tests that take longer than a build")
{
    FuzzCommand.Create(), MutantsCommand.Create(), HuntsCommand.Create(), TurnsCommand.Create(),
};
if (commands.Subcommands.Any(command => args is [var first, ..] && first == command.Name))
{
    return commands.Parse(args).Invoke();
}

BenchmarkSwitcher.FromAssembly(typeof(SimulationTable).Assembly).Run(args);
return 0;
