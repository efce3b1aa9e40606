// One network and one browser for all: what a test does to them, the next one would see.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
