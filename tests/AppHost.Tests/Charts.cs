namespace Blockchain.AppHost.Tests;

/// <summary>The charts of the <see cref="PeersFiles"/>, each published once for all tests that only read it.</summary>
public sealed class Charts : IDisposable
{
    private readonly Dictionary<string, Chart> _published = [];

    internal async Task<Chart> OfAsync(string kind)
    {
        if (!_published.TryGetValue(kind, out var chart))
        {
            _published.Add(kind, chart = await Chart.PublishAsync(new PeersFiles(kind)));
        }

        return chart;
    }

    public void Dispose()
    {
        foreach (var chart in _published.Values)
        {
            chart.File.Dispose();
        }
    }
}
