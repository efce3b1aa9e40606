using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Running;

/// <summary>Runs a scenario on a host: step by step, with a verdict for each.</summary>
public sealed class TrialRunner
{
    private const int LastEvents = 20;

    private readonly Scenario _scenario;
    private readonly ITrialHost _host;
    private readonly ITrialListener? _listener;
    private readonly ActExecutor _acts;
    private readonly Dictionary<string, Mark> _marks = new(StringComparer.Ordinal);
    private readonly List<StepResult> _results = [];
    private readonly HashSet<string> _measuredSince;
    private TimeSpan? _start;
    private TrialFailure? _failure;

    public TrialRunner(Scenario scenario, ITrialHost host, ITrialListener? listener = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(host);
        (_scenario, _host, _listener) = (scenario, host, listener);
        _acts = new ActExecutor(host);
        _measuredSince = [.. scenario.Steps.Select(step => step.Expect).OfType<Expectation>()
            .Where(expectation => expectation.Needs.HasFlag(Need.Metrics))
            .Select(expectation => expectation.Since?.Label).OfType<string>()];
    }

    private TimeSpan Start => _start ?? _host.Now;

    private TimeSpan Elapsed => _host.Now - Start;

    /// <summary>Cancelled, it ends where it is; the steps that it did not come to are missing in the result.</summary>
    /// <param name="stopsAtFailure">Whether the first step that does not hold ends the run.</param>
    public async Task<TrialResult> RunAsync(bool stopsAtFailure = false, CancellationToken stop = default)
    {
        BrokenInvariantException? broken = null;
        try
        {
            _listener?.Starting();
            _acts.Prepare(_scenario.Acts);
            await _host.StartAsync(_acts.IsAbsent, stop);
            _start = _host.Now;
            foreach (var step in _scenario.Steps)
            {
                await RunAsync(step, stop);
                if (stopsAtFailure && _results[^1].Judgement.Verdict == Verdict.DidNotHold)
                {
                    break;
                }
            }
        }
        catch (BrokenInvariantException error)
        {
            broken = error;
            _failure ??= await DescribeAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Somebody wanted it to end; what was found so far is the result.
        }

        return new TrialResult(_scenario, _host.Name, _results, Elapsed, broken?.Message, _failure)
        {
            BrokenName = broken?.Name,
        };
    }

    private async Task RunAsync(Step step, CancellationToken stop)
    {
        var due = _host.Now + step.After;
        if (step.At is { } at && Start + at > due)
        {
            due = Start + at;
        }

        await _host.PassAsync(due, stop);
        var began = Elapsed;
        _listener?.Began(step, began);
        var judgement = step.Once is { } once
            ? await WaitAsync(step, once, stop)
            : Judgement.Held();
        if (judgement.Verdict == Verdict.Held)
        {
            judgement = step.Act is { } act
                ? await DoAsync(step, act, stop)
                : await WaitAsync(step, step.Expect!, stop);
        }

        if (judgement.Verdict != Verdict.Held)
        {
            _host.Remark($"{Words(judgement.Verdict)}: {step}: {judgement.Detail}", isFinding: true);
            _failure ??= await DescribeAsync(stop);
        }

        var result = new StepResult(step, began, Elapsed, judgement);
        _results.Add(result);
        _listener?.Ended(result);
    }

    /// <summary>"held", "did not hold", "could not be told".</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Held => "held",
        Verdict.DidNotHold => "did not hold",
        _ => "could not be told",
    };

    private async Task<Judgement> DoAsync(Step step, Act act, CancellationToken stop)
    {
        _host.Remark(ActText.Describe(act));
        var outcome = await _acts.ApplyAsync(act);
        await MarkAsync(step, outcome.Made, stop);
        return outcome.Problems.Count == 0
            ? Judgement.Held()
            : Judgement.CouldNotBeTold($"not everything was done: {string.Join("; ", outcome.Problems)}");
    }

    private async Task MarkAsync(
        Step step, IReadOnlyList<Shared.Wire.Hash256> made, CancellationToken stop)
    {
        if (step.Label is not { } label)
        {
            return;
        }

        var metrics = _measuredSince.Contains(label)
            ? await _host.ReadAsync([.. _host.Peers.Select(peer => peer.Id)], Need.Metrics, stop)
            : new Dictionary<PeerId, PeerReading?>();
        _marks[label] = new Mark(
            _host.Now,
            made,
            metrics.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!));
    }

    private async Task<Judgement> WaitAsync(Step step, Expectation expectation, CancellationToken stop)
    {
        var began = step.TimedFrom is { } from ? _marks[from].Time : _host.Now;
        var deadline = began + step.Within;
        while (true)
        {
            var judgement = await JudgeAsync(expectation, stop);
            if (judgement.Verdict == Verdict.Held)
            {
                await MarkAsync(step, [], stop);
                return judgement;
            }

            if (_host.Now >= deadline)
            {
                return judgement.Verdict == Verdict.DidNotHold
                    && TimedSince(step, expectation, judgement, began) is { } since
                    && _host.WhyNotInTime(since) is { } busy
                    ? Judgement.CouldNotBeTold($"{judgement.Detail}; {busy}")
                    : judgement;
            }

            _listener?.Waiting(step, Elapsed, judgement.Detail);
            var next = _host.Now + _host.LookInterval;
            await _host.PassAsync(next < deadline ? next : deadline, stop);
        }
    }

    /// <summary>Since when a busy machine would be to blame; null: it is not about time.</summary>
    private TimeSpan? TimedSince(Step step, Expectation expectation, Judgement judgement, TimeSpan began) =>
        judgement.IsLate
            ? FileOf(new Dictionary<PeerId, PeerReading?>()).TimeOf(expectation.Since)
            : step.Within > TimeSpan.Zero ? began : null;

    private async Task<Judgement> JudgeAsync(Expectation expectation, CancellationToken stop)
    {
        if (expectation.Since?.Label is { } label && !_marks.ContainsKey(label))
        {
            return Judgement.CouldNotBeTold($"\"{label}\", from which on it counts, has not happened");
        }

        var about = expectation.About.SelectMany(_acts.Chosen).Select(peer => peer.Id).Distinct().ToArray();
        return expectation.Judge(FileOf(await _host.ReadAsync(about, expectation.Needs, stop)));
    }

    private CaseFile FileOf(IReadOnlyDictionary<PeerId, PeerReading?> readings) =>
        new(_acts, readings, () => _host.History, _marks, Start);

    private async Task<TrialFailure> DescribeAsync(CancellationToken stop)
    {
        var readings = await _host.ReadAsync([.. _host.Peers.Select(peer => peer.Id)], Need.Neighbours, stop);
        return new TrialFailure(
            Elapsed,
            [.. _host.Peers.Select(peer => readings[peer.Id] is { } reading
                ? $"{peer.Id}: {reading.Summary}"
                : $"{peer.Id}: {(_acts.IsAbsent(peer.Id) ? "down, as the scenario wants it" : "no answer")}")],
            [.. _host.History.TakeLast(LastEvents).Select(Line)]);
    }

    private string Line(PeerEvent told)
    {
        var json = System.Text.Encoding.UTF8.GetString(EventJson.Write(told));
        return $"{(told.Time - Start).TotalSeconds,9:0.000} s {told.Peer} {EventJson.KindOf(told)} {json}";
    }
}
