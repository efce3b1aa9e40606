using Blockchain.Observatory.Maps;
using Blockchain.Shared;

namespace Blockchain.Observatory.Tests.Maps;

public sealed class MapLayoutTests
{
    public static TheoryData<int, int, int, int> Networks => new()
    {
        // Public peers, networks, NATed peers in each, gateways in each.
        { 1, 0, 0, 0 }, { 3, 2, 2, 2 }, { 0, 1, 5, 1 }, { 7, 1, 0, 3 }, { 40, 5, 10, 2 }, { 100, 0, 0, 0 },
        { 2, 12, 6, 3 }, { 5, 3, 1, 20 }, { 40, 4, 12, 3 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Layout_OfAnyNetwork_ShowsAllPeersApart(int open, int networks, int natted, int gateways)
    {
        var places = Places(open, networks, natted, gateways);

        foreach (var isPortrait in new[] { false, true })
        {
            var layout = MapLayout.For(places, isPortrait);

            Assert.Equal(places.Select(place => place.Peer).Order(), layout.Points.Keys.Order());
            Assert.All(layout.Points.Values, point =>
            {
                Assert.InRange(point.X, 0, layout.Width);
                Assert.InRange(point.Y, 0, layout.Height);
            });
            var points = layout.Points.Values.ToArray();
            for (var i = 0; i < points.Length; i++)
            {
                for (var j = i + 1; j < points.Length; j++)
                {
                    Assert.True(Distance(points[i], points[j]) > layout.PeerRadius, $"{points[i]} and {points[j]}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Layout_OfNat_HasMembersInsideAndGatewaysOnTheBorder(int open, int networks, int natted, int gateways)
    {
        var places = Places(open, networks, natted, gateways);
        var layout = MapLayout.For(places, isPortrait: false);

        foreach (var area in layout.Areas.Where(area => area.IsBehindNat))
        {
            foreach (var place in places.Where(place => place.NetworkId == area.NetworkId))
            {
                var distance = Distance(layout.Points[place.Peer], area.Centre) / area.Radius;
                Assert.InRange(distance, place.Nat ? 0 : 0.99, place.Nat ? 0.9 : 1.01);
            }
        }

        for (var i = 0; i < layout.Areas.Count; i++)
        {
            for (var j = i + 1; j < layout.Areas.Count; j++)
            {
                var (one, other) = (layout.Areas[i], layout.Areas[j]);
                Assert.True(Distance(one.Centre, other.Centre) > one.Radius + other.Radius, $"{one} and {other}");
            }
        }
    }

    private static MapPlace[] Places(int open, int networks, int natted, int gateways)
    {
        var id = 5000;
        return
        [
            .. Several(open, -1, false),
            .. Enumerable.Range(1, networks)
                .SelectMany(network =>
                    Several(natted, network, true).Concat(Several(gateways, network, false)).ToArray()),
        ];

        IEnumerable<MapPlace> Several(int count, int network, bool nat) =>
            Enumerable.Range(0, count).Select(_ => new MapPlace(new PeerId($"{id++}"), network, nat));
    }

    private static double Distance(MapPoint one, MapPoint other) => double.Hypot(one.X - other.X, one.Y - other.Y);
}
