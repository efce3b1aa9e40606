namespace Blockchain.Experiments.Runs.Export;

/// <summary>A file of arrivals that grows row by row.</summary>
internal interface IArrivalTable : IDisposable
{
    void Add(in ArrivalRow row);
}
