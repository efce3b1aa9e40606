using Blockchain.Launching;

namespace Blockchain.Experiments.Attacks;

/// <summary>What honest nodes believe while they are attacked: of the chain, and of each other.</summary>
internal sealed class NetworkViews(IReadOnlyList<LocalNode> honest)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _ids = [.. honest.Select(node => node.Id.Value)];

    /// <summary>By how many blocks a light peer was ahead of all full ones, at worst.</summary>
    public int WorstLead { get; private set; }

    /// <summary>The longest that one honest node believed of another, in seconds.</summary>
    public double WorstRoundTrip { get; private set; }

    public async Task WatchAsync(TimeSpan interval, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var lights = await HeightAsync(honest.Where(node => node.Plan.Info.Light), stop);
                var full = await HeightAsync(honest.Where(node => !node.Plan.Info.Light), stop);
                WorstLead = full > 0 ? Math.Max(WorstLead, lights - full) : WorstLead;
                var times = await Task.WhenAll(honest.Select(node => RoundTripAsync(node, stop)));
                WorstRoundTrip = Math.Max(WorstRoundTrip, times.Max());
                await Task.Delay(interval, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<int> HeightAsync(IEnumerable<LocalNode> nodes, CancellationToken stop)
    {
        var all = await Task.WhenAll(nodes.Select(node => node.Client.TryAsync(
            (client, token) => client.StatusAsync(token), AnswerPatience, stop)));
        return all.Max(status => status?.Height ?? 0);
    }

    private async Task<double> RoundTripAsync(LocalNode node, CancellationToken stop)
    {
        var times = await node.Client.TryAsync(
            (client, token) => client.LatencyAsync(token), AnswerPatience, stop);
        return times?.Where(time => _ids.Contains(time.Key)).Max(time => time.Value ?? 0) ?? 0;
    }
}
