using Blockchain.Shared;
using Blockchain.Trials.Reading;

namespace Blockchain.Trials.Hunting;

/// <summary>
/// Makes a failing run smaller as long as it fails in the same way (delta debugging: A. Zeller and R. Hildebrandt,
/// "Simplifying and isolating failure-inducing input", 2002). Every smaller one is run, with several seeds where it draws
/// other numbers than before, and none asks more of the network than the one before it.
/// </summary>
/// <param name="run">Runs scenarios and says what failed in each; it may run them at the same time.</param>
/// <param name="isOver">Whether it is to stop with what it has.</param>
public sealed class Shrinker(Func<IReadOnlyList<Scenario>, IReadOnlyList<Failure?>> run, Func<bool> isOver)
{
    /// <summary>Without a peer everything random is drawn anew.</summary>
    public const int SeedsForPeers = 20;

    /// <summary>Other steps, times and settings often leave the beginning of a run as it was.</summary>
    public const int SeedsForSteps = 6;

    private Draft _draft = null!;
    private Failure _failure = null!;
    private int _runs;

    /// <param name="failure">A run that failed.</param>
    public Shrunk Shrink(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _failure = failure;
        _draft = Draft.Of(failure);
        if (!Try(_draft, SeedsForSteps))
        {
            // Not even its own steps at its own times: something in it follows the clock of the scenario.
            return new Shrunk(failure, _runs, IsDone: false);
        }

        for (var before = -1; before != Size() && !isOver();)
        {
            before = Size();
            ShrinkSteps();
            ShrinkPeers();
            Simplify(Simpler.Networks);
            Simplify(draft => Simpler.OwnBlocks(draft, _failure), SeedsForPeers);
            ShrinkSteps();
            Simplify(Simpler.Choices);
            Simplify(Simpler.Times);
        }

        return new Shrunk(_failure, _runs, !isOver());
    }

    // The text shrinks with everything that is to become less.
    private int Size() => ScenarioFile.Write(_failure.Scenario).Length;

    private void ShrinkSteps() => Chunks(
        () => _draft.Pieces.Count - 1, (start, count) => _draft.Without(start, count), SeedsForSteps);

    private void ShrinkPeers()
    {
        if (_failure.Broken is not null || (_draft.MayLosePeers && _draft.IsConnected))
        {
            Chunks(() => _draft.Network.Peers.Count, WithoutPeers, SeedsForPeers);
        }
    }

    private Draft? WithoutPeers(int start, int count)
    {
        var gone = new HashSet<PeerId>(_draft.Network.Peers.Skip(start).Take(count).Select(peer => peer.Id));
        return gone.Count < _draft.Network.Peers.Count ? _draft.Without(gone) : null;
    }

    /// <summary>Tries without the first half, the second half, then without quarters, and so on.</summary>
    private void Chunks(Func<int> total, Func<int, int, Draft?> without, int seeds)
    {
        for (var size = Math.Max(1, total() / 2); size >= 1 && !isOver(); size /= 2)
        {
            for (var start = 0; start < total() && !isOver();)
            {
                var count = Math.Min(size, total() - start);
                if (without(start, count) is not { } smaller || !Try(smaller, seeds))
                {
                    start += size;
                }
            }
        }
    }

    /// <summary>Takes the first that still fails, and begins again, until none does.</summary>
    private void Simplify(Func<Draft, IEnumerable<Draft>> candidates, int seeds = SeedsForSteps)
    {
        for (var isSimpler = true; isSimpler && !isOver();)
        {
            isSimpler = candidates(_draft).TakeWhile(_ => !isOver())
                .Any(candidate => Try(candidate, seeds));
        }
    }

    /// <summary>Takes it over if it is fair and fails in the same way with some seed.</summary>
    private bool Try(Draft candidate, int seeds)
    {
        if (!candidate.IsFair())
        {
            return false;
        }

        var known = _failure.Scenario.Seed;
        var tried = Enumerable.Range(1, seeds).Select(seed => (ulong)seed).Where(seed => seed != known);
        return Fails(candidate, [known]) || Fails(candidate, tried.Take(seeds - 1));
    }

    private bool Fails(Draft candidate, IEnumerable<ulong> seeds)
    {
        Scenario[] scenarios = [.. seeds.Select(candidate.ToScenario).OfType<Scenario>()];
        if (scenarios.Length == 0)
        {
            return false;
        }

        _runs += scenarios.Length;
        if (run(scenarios).FirstOrDefault(IsSame) is not { } failure)
        {
            return false;
        }

        (_draft, _failure) = (candidate, failure);
        return true;
    }

    /// <summary>The same invariant was broken, or the last expectation did not hold and all before it did.</summary>
    private bool IsSame(Failure? failure) => failure is not null
        && failure.Broken == _failure.Broken
        && (failure.Broken is not null || failure.Result.Steps.Count == failure.Scenario.Steps.Count);
}
