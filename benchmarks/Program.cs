using BenchmarkDotNet.Running;
using Blockchain.Benchmarks.Attacks;
using Blockchain.Benchmarks.Simulation;

// "simulation" prints a table of whole runs, "attack" one of networks under attack; anything else is BenchmarkDotNet's.
if (args is ["simulation", .. var sizes])
{
    SimulationTable.Run(sizes);
}
else if (args is ["attack", .. var options])
{
    return await AttackCommand.RunAsync(options);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(SimulationTable).Assembly).Run(args);
}

return 0;
