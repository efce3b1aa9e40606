using System.Globalization;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>A question to a network, answered by changing one thing in it.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Question">One sentence, with its question mark.</param>
internal sealed record Experiment(string Name, string Question, Parameter Parameter)
{
    /// <summary>What is drawn, a picture each, and in which direction it is expected to go.</summary>
    public required IReadOnlyList<Expectation> Drawn { get; init; }

    /// <summary>
    /// The network in which it is tried when no other is given; the numbers of peers and blocks are set later.
    /// </summary>
    public Func<SimulationConfig> Base { get; init; } = BaseNetworks.Gossip;

    /// <summary>Why the base is as it is, in one or two sentences.</summary>
    public string BaseNote { get; init; } = BaseNetworks.GossipNote;

    /// <summary>Measures that belong into one picture, as the parts of one thing; empty: no such picture.</summary>
    public IReadOnlyList<Measure> Together { get; init; } = [];

    /// <summary>A measure of which is looked for from which value on it is above zero; null: of none.</summary>
    public Measure? Threshold { get; init; }

    /// <summary>What can be learnt beyond the direction of each measure; computed from the numbers.</summary>
    public Func<Summary, IEnumerable<string>> Teach { get; init; } = _ => [];
}

/// <summary>What is changed.</summary>
/// <param name="Key">Its column in the files.</param>
/// <param name="Label">On the axis, with its unit.</param>
/// <param name="Values">What is tried when nothing else is asked for, ascending.</param>
/// <param name="Apply">The configuration with this value in it.</param>
internal sealed record Parameter(
    string Key, string Label, IReadOnlyList<double> Values, Func<SimulationConfig, double, SimulationConfig> Apply)
{
    /// <summary>The least value that makes sense.</summary>
    public double Min { get; init; }

    /// <summary>The greatest.</summary>
    public double Max { get; init; } = double.MaxValue;

    public bool IsWhole { get; init; }

    /// <summary>From 0 to 1, and shown in percent.</summary>
    public bool IsShare { get; init; }

    /// <summary>Whether the axis is logarithmic: each value is about the double of the one before.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether a network of a <c>peers.json</c> has it too; else it needs a generated one.</summary>
    public bool SuitsPlanned { get; init; }

    /// <summary>Whether it needs one, since it says who knows whom.</summary>
    public bool NeedsPlanned { get; init; }

    /// <summary>Whether it says anything in a planned network: whom it is about is there.</summary>
    public Func<NetworkPlan, bool> Suits { get; init; } = _ => true;

    /// <summary>What its values are called, where they are the places in this list, and no quantity; else empty.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What pictures multiply it by.</summary>
    public double Scale => IsShare ? 100 : 1;

    /// <summary>As it is written after <c>--values</c>, and in the files.</summary>
    public string Text(double value) => Names.Count > 0 ? Names[(int)value] : Csv.Number(value);

    /// <summary>At its place on an axis, whose label has the unit.</summary>
    public string OnAxis(double value) =>
        Names.Count > 0 ? Text(value) : (value * Scale).ToString("0.###", CultureInfo.InvariantCulture);

    public string Show(double value) =>
        Names.Count > 0 ? Text(value)
        : IsShare ? FormattableString.Invariant($"{value * 100:0.##} %")
        : Csv.Number(value);

    /// <summary>"loss 10 %".</summary>
    public string Named(double value) => $"{Key.Replace('_', ' ')} {Show(value)}";

    /// <summary>The values that were asked for, ascending, or its own.</summary>
    /// <param name="option">That asks for them.</param>
    /// <param name="problems">What is wrong with them, one line each.</param>
    public double[] Choose(IReadOnlyList<double>? asked, string option, List<string> problems)
    {
        var values = asked ?? Values;
        problems.AddRange(values.Select(Problem).OfType<string>().Select(problem => $"{option}: {problem}"));
        problems.AddRange(values.GroupBy(value => value).Where(group => group.Count() > 1)
            .Select(group => $"{option}: {Csv.Number(group.Key)} is given twice."));
        return [.. values.Order()];
    }

    private string? Problem(double value) =>
        !double.IsFinite(value) || value < Min || value > Max ? $"{Csv.Number(value)} is not {Range}."
        : IsWhole && value != Math.Floor(value) ? $"{Csv.Number(value)} is not a whole number."
        : null;

    private string Range => Max == double.MaxValue
        ? $"{Csv.Number(Min)} or more"
        : $"from {Csv.Number(Min)} to {Csv.Number(Max)}";
}

/// <summary>What theory says of a measure when the parameter grows.</summary>
internal enum Trend
{
    /// <summary>Nothing, or that it depends.</summary>
    Open,
    Rises,
    Falls,
}

/// <param name="Why">The reason, as the rest of a sentence: "since ...".</param>
internal sealed record Expectation(Measure Measure, Trend Trend, string Why)
{
    /// <summary>What is drawn beside the measure.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];
}

/// <summary>What was published of a measure.</summary>
/// <param name="Of">Its value at a value of the parameter.</param>
internal sealed record Curve(string Name, Func<double, double> Of);
