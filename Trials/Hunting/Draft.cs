using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Hunting;

/// <summary>A scenario that is being shrunk. Its last piece is what fails; times stand in <c>after</c> only.</summary>
/// <param name="IsEventual">
/// Whether what fails must hold however small the network is and whatever happens in it.
/// </param>
internal sealed record Draft(
    Scenario Origin, NetworkPlan Network, IReadOnlyList<Piece> Pieces, bool IsEventual, bool IsConnected)
{
    public Piece Last => Pieces[^1];

    /// <summary>Whether peers may be left out: what fails is promised in a smaller network too, or the file says so.</summary>
    public bool MayLosePeers => IsEventual || Origin.Hunt is { Peers: true };

    /// <summary>The same run with the times at which its steps happened, up to the one that failed.</summary>
    public static Draft Of(Failure failure)
    {
        var scenario = failure.Scenario;
        var steps = new List<Step>();
        var end = TimeSpan.Zero;
        foreach (var result in failure.Result.Steps)
        {
            steps.Add(result.Step with { At = null, After = result.Began - end });
            end = result.Ended;
        }

        if (failure.Broken is null)
        {
            var pieces = steps.Select((step, i) => new Piece(step, RestOf(steps, i))
            {
                Took = failure.Result.Steps[i].Took,
            });
            return new Draft(
                scenario,
                scenario.Network,
                [.. pieces],
                Promise.IsEventual(steps[^1].Expect ?? steps[^1].Once!, steps),
                Networks.IsConnected(scenario));
        }

        AddRest(steps, failure.Result, end);
        return new Draft(
            scenario, scenario.Network, [.. steps.Select(step => new Piece(step, null))], IsEventual: true, false);
    }

    /// <summary>Null if it is none that can be written and read again.</summary>
    public Scenario? ToScenario(ulong seed)
    {
        var scenario = Origin with { Network = Network, Seed = seed, Steps = [.. Pieces.Select(piece => piece.Step)] };
        return ScenarioFile.Parse(
            System.Text.Encoding.UTF8.GetBytes(ScenarioFile.Write(scenario)), Origin.Name, _ => []).Scenario;
    }

    /// <summary>Whether what fails is still promised, as far as it was at first.</summary>
    public bool IsFair()
    {
        var passed = TimeSpan.Zero;
        for (var i = Pieces.Count - 2; i >= 0; i--)
        {
            passed += Pieces[i + 1].Step.After;
            if (Pieces[i].Rest is { } rest && passed - Pieces[i].Lasts < rest)
            {
                return false;
            }
        }

        return !IsConnected || Networks.IsConnected(ScenarioNow);
    }

    /// <summary>Without some of the pieces, but with the time in front of them.</summary>
    /// <returns>Null if something would be left for good that was to end.</returns>
    public Draft? Without(int start, int count)
    {
        var kept = new List<Piece>();
        var time = TimeSpan.Zero;
        for (var i = 0; i < Pieces.Count; i++)
        {
            var piece = Pieces[i];
            if (i >= start && i < start + count)
            {
                if (!MayGo(piece, kept))
                {
                    return null;
                }

                time += piece.Step.After + piece.Took;
                continue;
            }

            kept.Add(time > TimeSpan.Zero ? Later(piece, time) : piece);
            time = TimeSpan.Zero;
        }

        return this with { Pieces = kept };
    }

    /// <summary>Without some of the peers. Null if the scenario cannot do without them.</summary>
    public Draft? Without(IReadOnlySet<PeerId> gone)
    {
        var pieces = new List<Piece>();
        var time = TimeSpan.Zero;
        foreach (var piece in Pieces)
        {
            if (Without(piece.Step, gone) is { } step)
            {
                pieces.Add(Later(piece with { Step = step }, time));
                time = TimeSpan.Zero;
            }
            else if (ReferenceEquals(piece, Last) || !MayGo(piece, pieces))
            {
                return null;
            }
            else
            {
                time += piece.Step.After + piece.Took;
            }
        }

        var smaller = this with { Network = Networks.Without(Network, gone), Pieces = pieces };
        return !IsEventual || Networks.ChoosesAsIn(smaller.ScenarioNow, Network) ? smaller : null;
    }

    public Draft With(int index, Step step) =>
        this with { Pieces = [.. Pieces.Select((piece, i) => i == index ? piece with { Step = step } : piece)] };

    private Scenario ScenarioNow => Origin with { Network = Network, Steps = [.. Pieces.Select(piece => piece.Step)] };

    private static Piece Later(Piece piece, TimeSpan time) =>
        piece with { Step = piece.Step with { After = piece.Step.After + time } };

    private static Step? Without(Step step, IReadOnlySet<PeerId> gone)
    {
        PeerChoice Change(PeerChoice choice) => Choices.Without(choice, gone);
        var act = step.Act is null ? null : Choices.Map(step.Act, Change);
        var expect = step.Expect is null ? null : Choices.Map(step.Expect, Change);
        var once = step.Once is null ? null : Choices.Map(step.Once, Change);
        return (act ?? (object?)expect) is null || (step.Once is not null && once is null)
            ? null
            : step with { Act = act, Expect = expect, Once = once };
    }

    private bool MayGo(Piece piece, List<Piece> before)
    {
        if (ReferenceEquals(piece, Last) || (!IsEventual && piece.Makes))
        {
            return false;
        }

        return !(piece.Calms && piece.Rest is not null) && !before.Exists(start => start.Begins(piece));
    }

    private static TimeSpan? RestOf(List<Step> steps, int index)
    {
        if (steps[index].Act is not { } act)
        {
            return null;
        }

        var passed = TimeSpan.FromTicks(steps.Skip(index + 1).Sum(step => step.After.Ticks));
        var rest = passed - (act.For ?? TimeSpan.Zero);
        return rest < Promise.Rest ? rest : Promise.Rest;
    }

    /// <summary>After the last step that was done, the run goes on until what was broken then is broken.</summary>
    private static void AddRest(List<Step> steps, TrialResult result, TimeSpan end)
    {
        if (steps.Count < result.Scenario.Steps.Count)
        {
            var next = result.Scenario.Steps[steps.Count];
            var due = end + next.After;
            due = next.At is { } at && at > due ? at : due;
            if (due <= result.Took)
            {
                steps.Add(next with { At = null, After = due - end });
                end = due;
            }
        }

        var time = TimeSpan.FromSeconds(Math.Ceiling((result.Took - end).TotalSeconds)) + TimeSpan.FromSeconds(1);
        steps.Add(new Step
        {
            After = time, Expect = new Expectations.Answers(PeerChoice.All), Within = TimeSpan.Zero,
        });
    }
}
