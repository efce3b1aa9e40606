using BenchmarkDotNet.Running;
using Blockchain.Benchmarks.Simulation;

// "simulation" prints a table of whole runs; anything else is BenchmarkDotNet's.
if (args is ["simulation", .. var sizes])
{
    SimulationTable.Run(sizes);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
