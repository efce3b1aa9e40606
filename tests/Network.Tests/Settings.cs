// Networks are measured; two of them at once would disturb each other.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
