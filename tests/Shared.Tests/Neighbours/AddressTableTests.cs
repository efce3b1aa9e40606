using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Tests.Neighbours;

/// <summary>What Bitcoin's table of addresses promises, for many secrets.</summary>
public class AddressTableTests
{
    private const string Informant = "9.9.0.1";

    private readonly SeededRandom _random = new(7);

    [Fact]
    public void Addresses_OfOneGroup_ReachFewBucketsOfThoseThatAnswered()
    {
        for (var secret = 1UL; secret <= 5; secret++)
        {
            var table = new AddressTable(new SeededRandom(secret));
            var buckets = Many(2_000, i => $"8.8.{i / 250}.{i % 250}").Select(table.TriedBucketOf).ToHashSet();
            Assert.InRange(buckets.Count, 4, AddressTable.TriedBucketsOfGroup);
            Assert.InRange(Apart(2_000).Select(table.TriedBucketOf).Distinct().Count(), 200, AddressTable.TriedBuckets);
        }
    }

    [Fact]
    public void Addresses_ToldByOneGroup_ReachFewBucketsOfNewOnes()
    {
        for (var secret = 1UL; secret <= 5; secret++)
        {
            var table = new AddressTable(new SeededRandom(secret));
            var addresses = Apart(5_000).ToList();
            var told = addresses.Select(address => table.NewBucketOf(address, told: 17)).ToHashSet();
            Assert.InRange(told.Count, 50, AddressTable.NewBucketsOfInformants);
            var byMany = addresses.Select((address, i) => table.NewBucketOf(address, told: i)).ToHashSet();
            Assert.InRange(byMany.Count, 900, AddressTable.NewBuckets);
        }
    }

    [Fact]
    public void Flood_ByOneInformant_TakesAtMostItsBuckets()
    {
        var table = new AddressTable(new SeededRandom(1));
        foreach (var address in Apart(20_000))
        {
            table.Add(address.Info, Informant, _random);
        }

        Assert.InRange(table.New, 1_000, AddressTable.NewBucketsOfInformants * AddressBuckets.BucketSize);
        Assert.Equal(0, table.Tried);
    }

    [Fact]
    public void Flood_OfOneGroupThatAnswers_TakesAtMostItsBuckets_AndTheEvictedAreNewAgain()
    {
        var table = new AddressTable(new SeededRandom(1));
        var addresses = Many(5_000, i => $"8.8.{i / 250}.{i % 250}").ToList();
        foreach (var address in addresses)
        {
            table.Add(address.Info, Informant, _random);
            table.Answered(address.Info);
        }

        Assert.InRange(table.Tried, 200, AddressTable.TriedBucketsOfGroup * AddressBuckets.BucketSize);
        Assert.InRange(table.New, 1, AddressBuckets.BucketSize);
    }

    [Fact]
    public void Answered_OfAnAddressThatNobodyTold_IsIgnored()
    {
        var table = new AddressTable(new SeededRandom(1));
        table.Answered(Apart(1).Single().Info);
        Assert.Equal((0, 0), (table.New, table.Tried));
        Assert.Null(table.Draw(_random));
    }

    [Fact]
    public void Draw_OfManyNewAndFewThatAnswered_TakesEachTableInHalfOfTheCases_AndAllAddressesAlike()
    {
        var table = new AddressTable(new SeededRandom(1));
        var addresses = Apart(12).ToList();
        foreach (var address in addresses)
        {
            table.Add(address.Info, Informant, _random);
        }

        foreach (var address in addresses[..4])
        {
            table.Answered(address.Info);
        }

        var (answered, others) = (addresses[..4], addresses.Count - 4);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => table.Draw(_random)!.Id).CountBy(id => id).ToDictionary();
        Assert.Equal((others, 4), (table.New, table.Tried));
        Assert.Equal(addresses.Count, drawn.Count);

        // Five standard deviations of a binomial distribution.
        Assert.All(drawn, pair => Assert.InRange(
            pair.Value,
            Expected(pair.Key) - (5 * Math.Sqrt(Expected(pair.Key))),
            Expected(pair.Key) + (5 * Math.Sqrt(Expected(pair.Key)))));

        double Expected(PeerId id) => answered.Exists(address => address.Info.Id == id) ? 2_500 : 10_000.0 / others;
    }

    [Fact]
    public void Draw_OfAnAddressThatFailed_IsRare()
    {
        var table = new AddressTable(new SeededRandom(1));
        PeerInfo[] two = [.. Apart(2).Select(address => address.Info)];
        foreach (var info in two)
        {
            table.Add(info, Informant, _random);
        }

        for (var i = 0; i < 8; i++)
        {
            table.Failed(two[0]);
        }

        Assert.InRange(Enumerable.Range(0, 1_000).Count(_ => table.Draw(_random) == two[0]), 1, 150);
    }

    [Fact]
    public void RandomHistories_NeverHoldWhatDidNotAnswerAmongThoseThatDid()
    {
        for (var secret = 1UL; secret <= 5; secret++)
        {
            var table = new AddressTable(new SeededRandom(secret));
            var addresses = Many(600, i => $"{1 + (i % 3)}.1.{i / 250}.{i % 250}").ToList();
            var answered = new HashSet<PeerId>();
            for (var step = 0; step < 5_000; step++)
            {
                var info = addresses[_random.Next(addresses.Count)].Info;
                if (_random.Chance(0.7))
                {
                    table.Add(info, $"{_random.Next(99)}.1.1.1", _random);
                }
                else if (_random.Chance(0.5))
                {
                    table.Failed(info);
                }
                else
                {
                    answered.Add(info.Id);
                    table.Answered(info);
                }
            }

            Assert.InRange(table.Tried, 1, answered.Count);
            Assert.InRange(table.New + table.Tried, 100, addresses.Count);
            var told = table.Sample(_random, int.MaxValue);
            Assert.Equal(told.Count, told.Distinct().Count());
            Assert.Equal(Math.Ceiling(0.23 * (table.New + table.Tried)), told.Count);
        }
    }

    private static IEnumerable<KnownAddress> Apart(int count) => Many(count, i => $"{1 + (i / 250)}.{i % 250}.0.1");

    private static IEnumerable<KnownAddress> Many(int count, Func<int, string> ip) => Enumerable.Range(0, count)
        .Select(i => new PeerInfo(new PeerId($"p{i}"), ip(i), 5_000, false, false, PeerInfo.NoNetwork))
        .Select(info => new KnownAddress(info, AddressTable.GroupOf(info.Ip)!.Value));
}
