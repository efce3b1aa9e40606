using System.Diagnostics;
using Blockchain.Experiments.Hunting;
using Blockchain.Experiments.Runs;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Trials.Hunting;
using Spectre.Console;

namespace Blockchain.Lab.Hunting;

/// <summary>One hunt, from the first trial to the last file.</summary>
internal sealed class HuntRun(HuntRequest request, IAnsiConsole console)
{
    /// <summary>It is usually done long before.</summary>
    private static readonly TimeSpan LongestShrinking = TimeSpan.FromMinutes(2);

    public int Run()
    {
        PlainOutput.KeepLinesWhole(console);
        using var stop = new StopRequest();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        end.CancelAfter(request.For);
        var search = new HuntSearch(request.Scenario, request.First, request.Seeds, request.Parallelism);
        var watch = Stopwatch.StartNew();
        (int Number, Failure Failure)? found = null;
        new HuntDisplay(console).Show(() => HuntDisplay.Searching(search.Done, watch.Elapsed), () =>
        {
            found = search.Run(end.Token);
        });
        var took = watch.Elapsed;
        console.MarkupLineInterpolated($"{HuntDisplay.Searching(search.Done, took)}");
        if (found is null)
        {
            console.MarkupLineInterpolated($"Nothing was found in [bold]{request.Scenario.Name}[/].");
            return stop.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
        }

        var (number, failure) = found.Value;
        console.MarkupLineInterpolated($"[bold]Trial {number + 1}[/], seed {failure.Scenario.Seed}: {failure.What}");
        console.MarkupLineInterpolated($"  {failure.How}");
        return Finish(new HuntResult(
            request.Scenario, number, search.Done, took, failure, Shrink(failure, stop.Token), watch.Elapsed - took));
    }

    private Shrunk Shrink(Failure failure, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(LongestShrinking);
        var runs = 0;
        var shrinker = new Shrinker(
            scenarios =>
            {
                Interlocked.Add(ref runs, scenarios.Count);
                return HuntSearch.RunAll(scenarios, request.Parallelism, end.Token);
            },
            () => end.IsCancellationRequested);
        Shrunk? shrunk = null;
        var watch = Stopwatch.StartNew();
        new HuntDisplay(console).Show(
            () => HuntDisplay.Shrinking(Volatile.Read(ref runs), watch.Elapsed),
            () => shrunk = shrinker.Shrink(failure));
        return shrunk!;
    }

    private int Finish(HuntResult result)
    {
        var folder = new HuntFolder(request.Folder ?? HuntFolder.UsualFor(request.Scenario.Name));
        HuntSize before, after;
        try
        {
            (before, after) = folder.Write(result);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Failure;
        }

        console.MarkupLineInterpolated(
            $"Made smaller in {Duration.Seconds(result.Shrinking)} with {result.Shrunk.Runs} runs:");
        foreach (var (was, now) in before.Figures.Zip(after.Figures))
        {
            console.MarkupLineInterpolated($"  {was.Name,-9}{was.Value,9} → {now.Value}");
        }

        foreach (var step in result.Smallest.Scenario.Steps)
        {
            console.MarkupLineInterpolated($"  [grey]·[/] {step.ToString()}");
        }

        console.MarkupLineInterpolated($"  {result.Smallest.How}");
        console.MarkupLineInterpolated($"page: {folder.Report}");
        console.MarkupLineInterpolated($"repeat it with: {folder.Repeat}");
        return ExitCode.Failure;
    }
}
