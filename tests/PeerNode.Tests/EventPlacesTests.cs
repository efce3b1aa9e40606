using System.Net;
using Blockchain.PeerNode.Events;
using Blockchain.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.PeerNode.Tests;

/// <summary>Who gets a place among those that follow the events when there are more than places.</summary>
public sealed class EventPlacesTests
{
    private const int ForAll = EventHub.MaxListeners - EventHub.KeptForKey;

    private static readonly IPAddress Greedy = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Other = IPAddress.Parse("10.0.0.2");

    [Fact]
    public async Task StreamsHeldOpen_ByOneWithoutKey_KeepNeitherTheKeyNorANewcomerOut()
    {
        await using var node = await NodeFixture.StartAsync();
        var held = Enumerable.Range(0, 2 * EventHub.MaxListeners).Select(_ => new Follower(node.Host)).ToArray();
        try
        {
            await held[^1].NextAsync<PeerUp>();

            await using var withKey = new Follower(node.Host, NodeFixture.Key);
            await using var newcomer = new Follower(node.Host);
            await withKey.NextAsync<PeerUp>();
            await newcomer.NextAsync<PeerUp>();
        }
        finally
        {
            foreach (var follower in held)
            {
                await follower.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Newcomer_WhenAllPlacesAreTaken_TakesTheOldestOfTheAddressWithMost()
    {
        await using var node = await NodeFixture.StartAsync();
        using var single = await JoinAsync(node, Other);
        var greedy = await JoinAsync(node, Greedy, ForAll - 1);

        using var newcomer = await JoinAsync(node, Other);

        Assert.Equal([true, .. greedy.Skip(1).Select(_ => false)], greedy.Select(listener => listener.HasEnded));
        Assert.False(single.HasEnded);
        Assert.False(newcomer.HasEnded);
    }

    [Fact]
    public async Task Newcomer_OfTheAddressWithMost_TakesAPlaceOfItsOwnAddress()
    {
        await using var node = await NodeFixture.StartAsync();
        var others = await JoinAsync(node, Other, ForAll / 2);
        var greedy = await JoinAsync(node, Greedy, ForAll / 2);

        using var newcomer = await JoinAsync(node, Greedy);

        Assert.True(greedy[0].HasEnded);
        Assert.All(others, listener => Assert.False(listener.HasEnded));
    }

    [Fact]
    public async Task SlowestReader_OfTheAddressWithMost_LosesItsPlaceFirst()
    {
        await using var node = await NodeFixture.StartAsync();
        var greedy = await JoinAsync(node, Greedy, ForAll);
        Assert.True(greedy[3].TryBeat());

        using var newcomer = await JoinAsync(node, Other);

        Assert.True(greedy[3].HasEnded);
        Assert.Single(greedy, listener => listener.HasEnded);
    }

    [Fact]
    public async Task CallersWithTheKey_KeepTheirPlaces()
    {
        await using var node = await NodeFixture.StartAsync();
        var trusted = await JoinAsync(node, Greedy, EventHub.MaxListeners, hasKey: true);

        using var keyless = new EventListener(Other, hasKey: false, CancellationToken.None);
        using var oneMore = new EventListener(Greedy, hasKey: true, CancellationToken.None);

        Assert.False(await HubOf(node).JoinAsync(keyless, TestContext.Current.CancellationToken));
        Assert.False(await HubOf(node).JoinAsync(oneMore, TestContext.Current.CancellationToken));
        Assert.All(trusted, listener => Assert.False(listener.HasEnded));
    }

    private static EventHub HubOf(NodeFixture node) => node.Host.Services.GetRequiredService<EventHub>();

    private static async Task<EventListener[]> JoinAsync(
        NodeFixture node, IPAddress caller, int count, bool hasKey = false)
    {
        var listeners = new List<EventListener>();
        for (var i = 0; i < count; i++)
        {
            listeners.Add(await JoinAsync(node, caller, hasKey));
        }

        return [.. listeners];
    }

    private static async Task<EventListener> JoinAsync(NodeFixture node, IPAddress caller, bool hasKey = false)
    {
        var listener = new EventListener(caller, hasKey, CancellationToken.None);
        Assert.True(await HubOf(node).JoinAsync(listener, TestContext.Current.CancellationToken));
        return listener;
    }
}
