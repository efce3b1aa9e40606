using System.Collections.Frozen;
using Blockchain.Shared;

namespace Blockchain.Observatory.Maps;

/// <summary>
/// Where everything is on the map: the public network in the middle, the others around it, their NATed peers inside and
/// their gateways on the border, towards the middle. The same peers are always in the same places.
/// </summary>
public sealed class MapLayout
{
    /// <summary>Of the view box. Everything is scaled to fit in.</summary>
    private const double LandscapeWidth = 1000;
    private const double PortraitWidth = 390;
    private const double LongestUnit = 105;
    private const double Margin = 34;

    // In units, which are the distance between two neighbours.
    private const double RingLimit = 16;
    private const double Border = 0.8;
    private const double Gap = 1.15;
    private const double SunflowerStep = 0.62;
    private const double Stretch = 1.35;
    private const double Tilt = 0.55;
    private const double GoldenAngle = 2.399963229728653;

    private MapLayout(
        double width,
        double height,
        double unit,
        IReadOnlyList<MapArea> areas,
        FrozenDictionary<PeerId, MapPoint> points)
    {
        Width = width;
        Height = height;
        PeerRadius = Math.Clamp(unit * 0.27, 5, 22);
        Areas = areas;
        Points = points;
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Of the mark of a peer.</summary>
    public double PeerRadius { get; }

    /// <summary>The public network first, if it has peers.</summary>
    public IReadOnlyList<MapArea> Areas { get; }

    public FrozenDictionary<PeerId, MapPoint> Points { get; }

    /// <param name="isPortrait">For screens that are higher than wide.</param>
    public static MapLayout For(IReadOnlyCollection<MapPlace> places, bool isPortrait)
    {
        ArgumentNullException.ThrowIfNull(places);
        var networks = places.GroupBy(place => place.NetworkId).OrderBy(network => network.Key).ToArray();
        var middle = Disc.Of(
            networks.Where(network => network.Key == PeerInfo.NoNetwork).SelectMany(network => network));
        var others = networks.Where(network => network.Key != PeerInfo.NoNetwork)
            .Select(network => (network.Key, Disc: Disc.OfNetwork([.. network]))).ToArray();

        var areas = new List<MapArea>();
        var points = new Dictionary<PeerId, MapPoint>();
        if (middle.Peers.Count > 0)
        {
            Put(PeerInfo.NoNetwork, middle, default, 0);
        }

        var distance = DistanceOf(middle, [.. others.Select(network => network.Disc)]);
        for (var i = 0; i < others.Length; i++)
        {
            var angle = AngleOf(i, others.Length, isPortrait);
            var centre = MapPoint.At(angle, distance);
            // Three and more are on an ellipse of about the shape of the screen; apart from each other only more
            // than on a circle.
            if (others.Length > 2)
            {
                centre = isPortrait ? centre with { Y = centre.Y * Stretch } : centre with { X = centre.X * Stretch };
            }

            Put(others[i].Key, others[i].Disc, centre, Math.Atan2(-centre.Y, -centre.X));
        }

        return Fit(areas, points, isPortrait ? PortraitWidth : LandscapeWidth);

        void Put(int network, Disc disc, MapPoint centre, double towards)
        {
            areas.Add(new MapArea(network, disc.IsBehindNat, centre, disc.Radius));
            foreach (var (peer, point) in disc.Turned(towards))
            {
                points[peer] = centre + point;
            }
        }
    }

    private static double AngleOf(int index, int count, bool isPortrait)
    {
        if (isPortrait)
        {
            return (-Math.PI / 2) + ((index + (count == 4 ? 0.5 : 0)) * 2 * Math.PI / count);
        }
        // Two stand below to the left and right, so that the map is not a mere strip.
        return count == 2
            ? index == 0 ? Math.PI - Tilt : Tilt
            : Math.PI + ((index + (count == 4 ? 0.5 : 0)) * 2 * Math.PI / count);
    }

    private static double DistanceOf(Disc middle, Disc[] others)
    {
        if (others.Length == 0)
        {
            return 0;
        }

        var widest = others.Max(disc => disc.Radius);
        var fromMiddle = (middle.Peers.Count > 0 ? middle.Radius + Gap : 0) + widest;
        var half = others.Length == 2 ? (Math.PI / 2) - Tilt : Math.PI / others.Length;
        var apart = others.Length < 2 ? 0 : (widest + (Gap / 2)) / Math.Sin(half);
        return Math.Max(fromMiddle, apart);
    }

    private static MapLayout Fit(List<MapArea> areas, Dictionary<PeerId, MapPoint> points, double width)
    {
        if (areas.Count == 0)
        {
            return new MapLayout(width, width / 2, LongestUnit, [], FrozenDictionary<PeerId, MapPoint>.Empty);
        }

        var left = areas.Min(area => area.Centre.X - area.Radius);
        var right = areas.Max(area => area.Centre.X + area.Radius);
        var top = areas.Min(area => area.Centre.Y - area.Radius);
        var bottom = areas.Max(area => area.Centre.Y + area.Radius);
        // Never much higher than wide, or the page would have to be scrolled.
        var highest = width == PortraitWidth ? width * 1.75 : width * 0.68;
        var unit = Math.Min(
            LongestUnit,
            Math.Min((width - (2 * Margin)) / (right - left), (highest - (2 * Margin)) / (bottom - top)));
        var height = ((bottom - top) * unit) + (2 * Margin);
        var corner = new MapPoint(
            (width / 2) - ((left + right) / 2 * unit), (height / 2) - ((top + bottom) / 2 * unit));
        return new MapLayout(
            width,
            height,
            unit,
            [
                .. areas.Select(area => area with
                {
                    Centre = corner + (area.Centre * unit),
                    Radius = area.Radius * unit,
                }),
            ],
            points.ToFrozenDictionary(point => point.Key, point => corner + (point.Value * unit)));
    }

    /// <summary>Peers around a centre, in units.</summary>
    /// <param name="Gates">On the border, in the middle of it at angle 0.</param>
    private sealed record Disc(double Radius, IReadOnlyList<(PeerId Id, MapPoint Point)> Peers, PeerId[] Gates)
    {
        private const double GateStep = 1.15;

        public bool IsBehindNat => Gates.Length > 0 || IsClosed;

        private bool IsClosed { get; init; }

        public static Disc Of(IEnumerable<MapPlace> places)
        {
            var peers = places.Select(place => place.Peer).ToArray();
            var ring = peers.Length == 1 ? 0 : Math.Max(0.75, peers.Length / (2 * Math.PI) * 1.1);
            var points = peers.Length <= RingLimit
                ? peers.Select((peer, i) => (peer, MapPoint.At((i * 2 * Math.PI / peers.Length) - (Math.PI / 2), ring)))
                : peers.Select((peer, i) => (peer, MapPoint.At(i * GoldenAngle, SunflowerStep * Math.Sqrt(i + 0.5))));
            var radius = peers.Length <= RingLimit ? ring : SunflowerStep * Math.Sqrt(peers.Length);
            return new Disc(radius + Border, [.. points], []);
        }

        /// <summary>Public members are gateways only where somebody is behind NAT.</summary>
        public static Disc OfNetwork(IReadOnlyList<MapPlace> places)
        {
            var inside = places.Where(place => place.Nat).ToArray();
            if (inside.Length == 0)
            {
                return Of(places);
            }

            var disc = Of(inside);
            var gates = places.Where(place => !place.Nat).Select(place => place.Peer).ToArray();
            var round = gates.Length * GateStep / (2 * Math.PI);
            return disc with { Radius = Math.Max(disc.Radius + 0.25, round), Gates = gates, IsClosed = true };
        }

        /// <param name="towards">The angle at which its gates are.</param>
        public IEnumerable<(PeerId, MapPoint)> Turned(double towards)
        {
            foreach (var (id, point) in Peers)
            {
                yield return (id, point.Turned(towards));
            }

            var step = GateStep / Radius;
            for (var i = 0; i < Gates.Length; i++)
            {
                yield return (Gates[i], MapPoint.At(towards + ((i - ((Gates.Length - 1) / 2.0)) * step), Radius));
            }
        }
    }
}
