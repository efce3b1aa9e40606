using System.ComponentModel;
using System.Diagnostics;
using Blockchain.Conformance;
using Blockchain.Conformance.Reports;
using Blockchain.Lab.Commands;
using Blockchain.Lab.Display;
using Blockchain.Lab.Hunting;
using Blockchain.Launching.Guests;
using Spectre.Console;

namespace Blockchain.Lab.Conformance;

/// <summary>Tries all rules with one node, in the forms that were asked for, and reports.</summary>
internal sealed class ConformanceTrial(ConformanceRequest request, IAnsiConsole console)
{
    /// <summary>More than in a simulation: two programs start at a time, on a machine that may be busy.</summary>
    private static readonly GuestLimits Limits = new() { Turn = TimeSpan.FromSeconds(30) };

    public int Run()
    {
        PlainOutput.KeepLinesWhole(console);
        using var stop = new StopRequest();
        var reports = new List<ConformanceReport>();
        try
        {
            foreach (var form in (Func<Action<RuleResult>, ConformanceReport>?[])[
                InVirtualTime(stop.Token), OverTcp(stop.Token), OfRunning(stop.Token)])
            {
                if (form is not null)
                {
                    reports.Add(Watch(form));
                }
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (NotSupportedException refused)
        {
            Console.Error.WriteLine($"{request.Running}: {refused.Message}");
            return ExitCode.Refused;
        }
        catch (Exception error) when (Unwrap(error) is Win32Exception reason)
        {
            Console.Error.WriteLine($"The program could not be started: {reason.Message}");
            return ExitCode.Refused;
        }

        ConformanceTable.Show(console, reports);
        return Write(reports)
            ? reports.Exists(report => report.Results.Any(result => result.Verdict == RuleVerdict.Broken))
                ? ExitCode.Failure
                : ExitCode.Success
            : ExitCode.Failure;
    }

    private static Exception Unwrap(Exception error) =>
        error is AggregateException { InnerException: { } inner } ? Unwrap(inner) : error;

    private Func<Action<RuleResult>, ConformanceReport>? InVirtualTime(CancellationToken stop) =>
        request.Stdio is { Stdio: { } command } program
            ? told => ConformanceRun.InVirtualTime(
                () => new GuestProcess(GuestLaunch.ProcessOf(program, command), Limits),
                string.Join(' ', command), request.Rules, request.Seed, stop, told)
            : null;

    private Func<Action<RuleResult>, ConformanceReport>? OverTcp(CancellationToken stop) =>
        request.Tcp is { Command: { } command } program
            ? told => ConformanceRun.OverTcpAsync(
                (peer, file) => GuestLaunch.StartInfo(peer with { Program = program }, file),
                string.Join(' ', command), request.Rules, request.Seed, stop, told).GetAwaiter().GetResult()
            : null;

    private Func<Action<RuleResult>, ConformanceReport>? OfRunning(CancellationToken stop) =>
        request.Running is { } address
            ? told => ConformanceRun.OfRunningAsync(address, request.Rules, request.Seed, stop, told)
                .GetAwaiter().GetResult()
            : null;

    private ConformanceReport Watch(Func<Action<RuleResult>, ConformanceReport> run)
    {
        var (done, broken) = (0, 0);
        var watch = Stopwatch.StartNew();
        ConformanceReport? report = null;
        new HuntDisplay(console).Show(
            () => $"{Volatile.Read(ref done)} tests done, {Volatile.Read(ref broken)} broken",
            () => report = run(result =>
            {
                Interlocked.Increment(ref done);
                if (result.Verdict == RuleVerdict.Broken)
                {
                    Interlocked.Increment(ref broken);
                }
            }));
        console.WriteLine(
            FormattableString.Invariant($"{report!.Form}: {done} tests in {watch.Elapsed.TotalSeconds:0.0} s"));
        return report;
    }

    private bool Write(List<ConformanceReport> reports)
    {
        try
        {
            Write(request.Json, JsonReport.Write, reports);
            Write(request.JUnit, JUnitReport.Write, reports);
            Write(request.Html, HtmlReport.Write, reports);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return false;
        }
    }

    private static void Write(
        string? file, Func<IReadOnlyList<ConformanceReport>, string> report, IReadOnlyList<ConformanceReport> reports)
    {
        if (file is not null)
        {
            File.WriteAllText(file, report(reports));
        }
    }
}
