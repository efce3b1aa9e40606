using System.Net;
using Blockchain.ServiceDefaults.Http;
using Microsoft.AspNetCore.Connections;

namespace Blockchain.PeerNode.Tests;

/// <summary>Who loses its place when all are taken.</summary>
public sealed class ConnectionBudgetTests
{
    private const string Greedy = "10.0.0.1";
    private const string Other = "10.0.0.2";

    private readonly ConnectionBudget _budget = new(4);

    [Fact]
    public void Newcomer_WhileThereIsRoom_PushesNobodyOut() =>
        Assert.Equal([null, null, null, null], Open(Greedy, 4).Select(one => one.Loser));

    [Fact]
    public void Newcomer_WhenAllPlacesAreTaken_TakesTheOldestIdleOneOfTheAddressWithMost()
    {
        var single = Open(Other, 1)[0].Connection;
        var greedy = Open(Greedy, 3);
        greedy[0].Connection.Begin();

        Assert.Same(greedy[1].Connection, Open(Other, 1)[0].Loser);
        Assert.Same(single, Open(Other, 1)[0].Loser);
        Assert.Equal(4, _budget.Count);
    }

    [Fact]
    public void Connections_ThatAreAllBusy_LoseTheOldest()
    {
        var greedy = Open(Greedy, 4);
        greedy.ForEach(one => one.Connection.Begin());

        Assert.Same(greedy[0].Connection, Open(Other, 1)[0].Loser);
    }

    [Fact]
    public void TrustedConnections_KeepTheirPlaces()
    {
        var trusted = Open(Greedy, 4);
        trusted.ForEach(one => one.Connection.Trust());

        var newcomer = Open(Other, 1)[0];

        Assert.Same(newcomer.Connection, newcomer.Loser);
        Assert.Equal(4, _budget.Count);
    }

    private List<(HttpConnection Connection, HttpConnection? Loser)> Open(string from, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var connection = new HttpConnection(new DefaultConnectionContext
            {
                RemoteEndPoint = new IPEndPoint(IPAddress.Parse(from), 1_000 + i),
            });
            return (connection, _budget.Add(connection));
        }),
    ];
}
