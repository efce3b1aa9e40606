using Blockchain.Shared;
using Blockchain.Trials.Acts;

namespace Blockchain.Trials.Hunting;

/// <summary>
/// Draws faults and puts them between the steps of a scenario. Each is over, and has been for a while, before anything
/// is expected or waited for again.
/// </summary>
internal sealed class FaultDraw
{
    private const int LongestSeconds = 40;
    private const int MostDelaySeconds = 15;
    private const int LongestMeanSeconds = 8;

    private readonly Scenario _scenario;
    private readonly SeededRandom _random;
    private readonly List<PeerId> _all;

    /// <summary>Those that may go, and stand still: the scenario does not need them to be there, or away.</summary>
    private readonly List<PeerId> _free;

    /// <summary>
    /// Those of them that may lose what they know: none, if blocks are expected that perhaps nobody else has yet; only
    /// light ones, if there are any, since these would be left with the header of a block that nobody can serve.
    /// </summary>
    private readonly List<PeerId> _forgetful;

    public FaultDraw(Scenario scenario, SeededRandom random)
    {
        (_scenario, _random) = (scenario, random);
        _all = [.. scenario.Network.Peers.Select(peer => peer.Id)];
        var names = Promise.NamesExpected(scenario).ToHashSet();
        var bound = scenario.Steps.Where(step => IsBound(step, names))
            .SelectMany(step => Choices.Possible(((PeerAct)step.Act!).Peers, scenario.Network))
            .Select(peer => peer.Id).ToHashSet();
        _free = [.. scenario.Network.Peers.Where(peer => !peer.ManualStart && !bound.Contains(peer.Id))
            .Select(peer => peer.Id)];
        var hasLight = scenario.Network.Peers.Any(peer => peer.Info.Light);
        _forgetful = names.Count > 0 ? [] : [.. _free.Where(id => !hasLight || scenario.Network[id].Info.Light)];
    }

    public Scenario Add(int count)
    {
        var steps = _scenario.Steps.ToList();
        for (var i = 0; i < count; i++)
        {
            Insert(steps, Draw());
        }

        return _scenario with { Steps = steps };
    }

    private static bool IsBound(Step step, HashSet<string> names) => step.Act
        is Kill or Leave or Start or Restart or Join or Churn or Pause or Resume
        || (step.Act is PeerAct && step.Label is { } label && names.Contains(label));

    /// <summary>In front of a step at random; then there is time enough before the next one that waits.</summary>
    private void Insert(List<Step> steps, Act fault)
    {
        var last = steps.FindLastIndex(Promise.Waits);
        if (last < 0)
        {
            return;
        }

        var place = _random.Next(last + 1);
        steps.Insert(place, new Step { Act = fault, After = Seconds(0, MostDelaySeconds) });
        var next = steps.FindIndex(place, Promise.Waits);
        var passing = TimeSpan.FromTicks(steps[(place + 1)..(next + 1)].Sum(step => step.After.Ticks));
        var missing = (fault.For ?? TimeSpan.Zero) + Promise.Rest - passing;
        if (missing > TimeSpan.Zero)
        {
            // What the scenario does meanwhile, it does during the fault, or only after it.
            var waiting = place + 1 + _random.Next(next - place);
            steps[waiting] = steps[waiting] with { After = steps[waiting].After + missing };
        }
    }

    private Act Draw()
    {
        var kinds = new List<Func<Act>> { Split, Split, Disturb, Disturb };
        if (_free.Count > 0)
        {
            kinds.Add(() => new Pause(TimeSpan.Zero, Some(_free)) { For = Long() });
            kinds.Add(() => new Pause(TimeSpan.Zero, Some(_free)) { For = Long() });
        }

        if (_forgetful.Count > 0)
        {
            kinds.Add(() => new Kill(TimeSpan.Zero, Some(_forgetful)) { For = Long() });
            kinds.Add(() => new Leave(TimeSpan.Zero, Some(_forgetful)) { For = Long() });
            kinds.Add(() => new Restart(TimeSpan.Zero, Some(_forgetful)));
            kinds.Add(() => new Churn(
                TimeSpan.Zero, Some(_forgetful), Seconds(1, LongestMeanSeconds), Seconds(1, LongestMeanSeconds))
            {
                For = Long(),
            });
        }

        return kinds[_random.Next(kinds.Count)]();
    }

    private Partition Split() => new(
        TimeSpan.Zero,
        Some(_all),
        _random.Chance(0.3) ? Some(_all) : null,
        _random.Chance(0.5) ? Direction.Both : _random.Chance(0.5) ? Direction.In : Direction.Out)
    {
        For = Long(),
    };

    private Conditions Disturb()
    {
        var to = _random.Chance(0.3) ? Some(_all) : null;
        var disturbed = new Conditions(TimeSpan.Zero, Some(_all), to) { For = Long() };
        return _random.Next(4) switch
        {
            0 => disturbed with { Loss = (3 + _random.Next(8)) / 10.0 },
            1 => disturbed with { Loss = (1 + _random.Next(5)) / 10.0, Burst = 2 + _random.Next(20) },
            2 => disturbed with { Latency = new(Seconds(0, 1), Seconds(1, 3)) },
            _ => disturbed with { Capacity = 1 + _random.Next(20) },
        };
    }

    /// <summary>Some of them by name, seldom more than half.</summary>
    private PeerChoice Some(List<PeerId> peers)
    {
        var drawn = peers.ToList();
        var count = 1 + _random.Next(Math.Max(1, drawn.Count / 2));
        _random.ShuffleFront(drawn, count);
        var chosen = drawn.Take(count).ToHashSet();
        return new PeerChoice { Ids = [.. peers.Where(chosen.Contains)] };
    }

    private TimeSpan Long() => Seconds(1, LongestSeconds);

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(least + _random.Next(most - least + 1));
}
