namespace Blockchain.Observatory.Maps;

/// <summary>A place on the map, in the units of its view box; y goes down.</summary>
public readonly record struct MapPoint(double X, double Y)
{
    public static MapPoint operator +(MapPoint one, MapPoint other) => new(one.X + other.X, one.Y + other.Y);

    public static MapPoint operator *(MapPoint point, double factor) => new(point.X * factor, point.Y * factor);

    /// <summary>Turned around the origin.</summary>
    /// <param name="angle">Radians from the x axis towards the y axis.</param>
    public MapPoint Turned(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return new MapPoint((X * cos) - (Y * sin), (X * sin) + (Y * cos));
    }

    /// <param name="angle">Radians from the x axis towards the y axis.</param>
    public static MapPoint At(double angle, double distance) =>
        new(Math.Cos(angle) * distance, Math.Sin(angle) * distance);
}
