using Blockchain.Shared;

namespace Blockchain.Simulation.Networks;

/// <summary>One of the measured networks.</summary>
internal sealed class Preset
{
    private readonly double[] _regionShares;
    private readonly double[] _outDegreeCdf;

    private Preset(string fitted, string shares)
        : this(InternetFigures.Default.Fitted[fitted].Year, shares, "bitcoin-2015") =>
        Fitted = InternetFigures.Default.Fitted[fitted];

    private Preset(string year, string shares, string degrees)
    {
        var figures = InternetFigures.Default;
        LatencyMs = figures.LatencyMs[year];
        Upload = figures.UploadBitsPerSecond[year];
        Download = figures.DownloadBitsPerSecond[year];
        Block = figures.Block;
        _regionShares = figures.RegionShare[shares];
        _outDegreeCdf = figures.OutDegreeCdf[degrees];
    }

    public double[][] LatencyMs { get; }

    /// <summary>Bits per second, by region.</summary>
    public double[] Upload { get; }

    /// <summary>Bits per second, by region.</summary>
    public double[] Download { get; }

    /// <summary>Null: it is as SimBlock has it.</summary>
    public FittedFigures? Fitted { get; }

    public BlockFigures Block { get; }

    public double MeanOutDegree => _outDegreeCdf.Sum(below => 1 - below) + 1;

    /// <exception cref="ArgumentException">The shape is no preset.</exception>
    public static Preset Of(NetworkShape shape) =>
        Find(shape) ?? throw new ArgumentException($"{shape} is not a preset.", nameof(shape));

    /// <summary>Null for a shape that is no preset.</summary>
    public static Preset? Find(NetworkShape shape) => shape switch
    {
        NetworkShape.SimBlock2015 => new Preset("2015", "bitcoin-2015", "bitcoin-2015"),
        NetworkShape.SimBlock2019 => new Preset("2019", "bitcoin-2019", "bitcoin-2015"),
        NetworkShape.Bitcoin2015 => new Preset("bitcoin-2015", "bitcoin-2015"),
        NetworkShape.Bitcoin2019 => new Preset("bitcoin-2019", "bitcoin-2019"),
        NetworkShape.Bitcoin2021 => new Preset("bitcoin-2021", "bitcoin-2019"),
        NetworkShape.Bitcoin2025 => new Preset("bitcoin-2025", "bitcoin-2019"),
        NetworkShape.Litecoin => new Preset("2019", "litecoin", "litecoin"),
        NetworkShape.Dogecoin => new Preset("2019", "dogecoin", "dogecoin"),
        _ => null,
    };

    public int Region(double uniform)
    {
        var region = 0;
        for (var sum = _regionShares[0]; region < _regionShares.Length - 1
            && uniform >= sum; sum += _regionShares[region])
        {
            region++;
        }

        return region;
    }

    /// <param name="mean">In place of the distribution's own, whose form stays; at least one link each.</param>
    public int[] OutDegrees(int peers, double? mean, SeededRandom random)
    {
        var factor = (mean ?? MeanOutDegree) / MeanOutDegree;
        var degrees = new int[peers];
        for (var i = 0; i < peers; i++)
        {
            // The n-th entry is the share of peers with n links at most.
            var uniform = random.NextDouble();
            var links = 1 + Math.Max(0, Array.FindIndex(_outDegreeCdf, below => uniform < below));

            // Rounded at random, so that the mean is kept.
            var scaled = links * factor;
            degrees[i] = Math.Max(1, (int)scaled + (factor != 1 && random.Chance(scaled - Math.Floor(scaled)) ? 1 : 0));
        }

        return degrees;
    }
}
