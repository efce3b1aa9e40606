using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials;

/// <summary>One thing that is done or expected. Steps come one after the other.</summary>
public sealed record Step
{
    /// <summary>Not before this time since the network was up; null: it does not matter.</summary>
    public TimeSpan? At { get; init; }

    /// <summary>Not before this time since the step before was done.</summary>
    public TimeSpan After { get; init; }

    /// <summary>
    /// Not before this is true; null: it does not matter. It has <see cref="Within"/> to become true.
    /// </summary>
    public Expectation? Once { get; init; }

    /// <summary>What is done; null: something is expected.</summary>
    public Act? Act { get; init; }

    /// <summary>What must be true; null: something is done.</summary>
    public Expectation? Expect { get; init; }

    /// <summary>How long an expectation, or <see cref="Once"/>, has to become true; zero: it must be so now.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>The step since which <see cref="Within"/> counts; null: since this one began.</summary>
    public string? TimedFrom { get; init; }

    /// <summary>By this name later steps speak of this moment, and of what was made; null: none does.</summary>
    public string? Label { get; init; }

    /// <summary>For people: "mine 5005", "expect same chain of honest within 15s".</summary>
    public override string ToString()
    {
        var from = TimedFrom is null ? "" : $" of {TimedFrom}";
        var within = Within > TimeSpan.Zero ? $" within {Durations.Format(Within)}{from}" : "";
        var when = At is { } at ? $"at {Durations.Format(at)} "
            : After > TimeSpan.Zero ? $"after {Durations.Format(After)} " : "";
        if (Expect is not null)
        {
            return $"{when}expect {Expect.Describe()}{within}";
        }

        return Once is null
            ? $"{when}{ActText.Describe(Act!)}"
            : $"{when}once {Once.Describe()}{within}: {ActText.Describe(Act!)}";
    }
}
