using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Running;

/// <summary>The node that is tested, and the time in which it lives. The same tests use all forms of it.</summary>
internal interface ITestee : IAsyncDisposable
{
    /// <summary>Since the Unix epoch.</summary>
    TimeSpan Now { get; }

    /// <summary>Where the connections are; null: there are none.</summary>
    ITcp? Tcp { get; }

    /// <summary>An address and a port for the node (0) or for a player (1 …).</summary>
    (string Ip, int Port) Reserve(int number);

    /// <param name="plan">The network of the test; the node is its first peer.</param>
    /// <param name="players">The others, also those that the plan does not have.</param>
    Task StartAsync(NetworkPlan plan, IReadOnlyList<Neighbour> players, ulong seed, CancellationToken stop);

    /// <summary>A line goes from one of the players to the node.</summary>
    Task SayAsync(Neighbour player, string line);

    /// <summary>What the node says next, to any player.</summary>
    /// <returns>Null: nothing until then.</returns>
    /// <exception cref="TesteeFailedException">It has ended.</exception>
    Task<Said?> NextAsync(TimeSpan until);
}

