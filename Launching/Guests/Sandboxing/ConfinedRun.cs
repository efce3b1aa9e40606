using System.ComponentModel;
using System.Diagnostics;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>A command in a sandbox, from its begin to its end.</summary>
internal static class ConfinedRun
{
    private const long MostOutput = 64 * 1024 * 1024;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static CommandResult Run(IConfinement confinement, TimeSpan time, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(confinement.Start)!;
            process.StandardInput.Close();
            var isOver = false;
            void End()
            {
                isOver = true;
                confinement.Kill(process);
            }

            var output = new Tail(process.StandardOutput.BaseStream, MostOutput, End);
            var errors = new Tail(process.StandardError.BaseStream, MostOutput, End);
            var begun = Stopwatch.GetTimestamp();
            while (!process.WaitForExit(Look))
            {
                if (stop.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) > time)
                {
                    End();
                    process.WaitForExit();
                    break;
                }
            }

            confinement.Kill(process);
            Task.WhenAll(output.Ended, errors.Ended).Wait(Look * 4, CancellationToken.None);
            return new CommandResult(Problem(), $"{output}{errors}");

            string? Problem() =>
                output.HadTooMuch || errors.HadTooMuch ? "it wrote too much"
                : isOver ? $"it took more than {time.TotalSeconds:0.#} s"
                : process.ExitCode == 0 ? null
                : confinement.LimitReached is { } limit ? $"{GuestEnd.Of(process.ExitCode, errors.ToString())}: {limit}"
                : GuestEnd.Of(process.ExitCode, errors.ToString());
        }
        catch (Win32Exception error)
        {
            return new CommandResult($"it cannot be started: {error.Message}", "");
        }
    }
}
