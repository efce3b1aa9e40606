using Blockchain.Observatory.Recordings;
using Blockchain.Shared;

namespace Blockchain.Observatory.Tests.Recordings;

/// <summary>Against a node that makes up peers.</summary>
public sealed class EventThinnerTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1_000);
    private static readonly PeerId Liar = new("5000");

    private readonly EventThinner _thinner = new();

    [Fact]
    public void Counts_OfMadeUpPeers_AreToldBeforeTheyAreTooMany()
    {
        const int Told = 2 * EventThinner.MostCounts;
        var kept = 0;
        for (var i = 0; i < Told; i++)
        {
            kept += _thinner.Add(Now, new MessagesRelayed(Now, Liar, new PeerId($"a{i}"), new PeerId("b"), 1)).Count();
        }

        var pending = _thinner.Pending(Now).Length;

        Assert.InRange(pending, 1, EventThinner.MostCounts);
        Assert.Equal(Told, kept + pending);
    }

    [Fact]
    public void Links_ToMadeUpPeers_AreForgottenBeforeTheyAreTooMany()
    {
        Assert.True(IsKept(0));
        Assert.False(IsKept(0));
        for (var i = 1; i <= EventThinner.MostLinks; i++)
        {
            Assert.True(IsKept(i));
        }

        Assert.True(IsKept(0));

        bool IsKept(int i) =>
            _thinner.Add(Now, new RoundTripMeasured(Now, Liar, new PeerId($"a{i}"), TimeSpan.FromSeconds(1))).Any();
    }
}
