using Blockchain.Shared.Receiving;
using Blockchain.Shared.Tests.Core;
using CsCheck;

namespace Blockchain.Shared.Tests.Receiving;

public class SeenCacheTests
{
    [Fact]
    public void Add_RandomHistory_AgreesWithModel() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 8], Gen.Select(Gen.Int[0, 12], Gen.Int[0, 4]).Array[1, 100])
            .Sample((seenFor, limit, history) =>
            {
                var cache = new SeenCache(TimeSpan.FromSeconds(seenFor), limit, Make.Salted);
                var model = new SeenCacheModel(seenFor, limit);
                var now = 0;
                foreach (var (id, pause) in history)
                {
                    now += pause;
                    Assert.Equal(model.Add(id, now), cache.Add(Make.Id(id), TimeSpan.FromSeconds(now)));
                    Assert.Equal(model.Count, cache.Count);
                }
            });

    [Fact]
    public void Add_TimeIsUp_ForgetsJustThen()
    {
        var cache = new SeenCache(TimeSpan.FromSeconds(10), 100, Make.Salted);
        Assert.True(cache.Add(Make.Id(1), TimeSpan.Zero));
        Assert.False(cache.Add(Make.Id(1), TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1)));
        Assert.True(cache.Add(Make.Id(1), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Add_AtTheLimit_RemembersNoMoreThanThat()
    {
        var cache = new SeenCache(TimeSpan.FromSeconds(10), 3, Make.Salted);
        for (var id = 0; id < 10; id++)
        {
            Assert.True(cache.Add(Make.Id(id), TimeSpan.Zero));
            Assert.True(cache.Count <= 3);
        }

        Assert.False(cache.Add(Make.Id(9), TimeSpan.Zero));
        Assert.False(cache.Add(Make.Id(7), TimeSpan.Zero));
        Assert.True(cache.Add(Make.Id(6), TimeSpan.Zero));
    }
}
