using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Hunting;

/// <summary>What the protocol promises however a network was disturbed before, as long as that is over.</summary>
public static class Promise
{
    /// <summary>A fault is over for so long before anything is expected.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What was expected within some time has so much more where a hunt has changed the scenario: a peer that was taken
    /// for unreachable is found again within five seconds or ten, and the exchange of headers comes every ten.
    /// </summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What a hunt may change: what the file says; otherwise all, or only the seed where the scenario expects something
    /// that depends on the number of peers, on the time or on chance, such as a height or a percentile.
    /// </summary>
    public static HuntLimits LimitsOf(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Hunt ?? (Expectations(scenario).All(one => IsEventual(one, scenario.Steps))
            && scenario.Steps.All(step => step.TimedFrom is null)
            ? HuntLimits.Usual
            : HuntLimits.SeedsOnly);
    }

    /// <summary>
    /// Whether it becomes true in the end in every connected network, however many peers there are and whatever
    /// happened to them. A transaction is sent on once only, and so it is not promised everywhere; a ban takes
    /// offences.
    /// </summary>
    internal static bool IsEventual(Expectation expectation, IReadOnlyList<Step> steps) => expectation switch
    {
        SameChain or Answers or Knows or Banned { IsBanned: false } => true,
        Everywhere { What: Everywhere.Blocks } => true,
        Everywhere { What: not Everywhere.Transactions } everywhere =>
            steps.Any(step => step.Label == everywhere.What && step.Act is MineBlocks),
        _ => false,
    };

    /// <summary>Whether something is waited for in a step.</summary>
    internal static bool Waits(Step step) => step.Expect is not null || step.Once is not null;

    /// <summary>Names that something expected later speaks of: what was made must not get lost.</summary>
    internal static IEnumerable<string> NamesExpected(Scenario scenario) => Expectations(scenario)
        .OfType<Everywhere>().Select(one => one.What).Where(name => name is not Everywhere.Blocks);

    internal static IEnumerable<Expectation> Expectations(Scenario scenario) => scenario.Steps
        .SelectMany(step => new[] { step.Expect, step.Once }).OfType<Expectation>();
}
