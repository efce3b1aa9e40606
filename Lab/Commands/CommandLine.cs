using System.CommandLine;
using Blockchain.Shared;

namespace Blockchain.Lab.Commands;

/// <summary>
/// The command line: up, check, keys, load, simulate, run, hunt, conformance, grade, experiment, validate, fit, fidelity,
/// messages, diagram.
/// </summary>
internal static class CommandLine
{
    public static RootCommand Build() => new("A laboratory for peer-to-peer blockchain networks.")
    {
        UpCommand.Build(),
        CheckCommand.Build(),
        KeysCommand.Build(),
        LoadCommand.Build(),
        SimulateCommand.Build(),
        RunCommand.Build(),
        HuntCommand.Build(),
        ConformanceCommand.Build(),
        GradeCommand.Build(),
        ExperimentCommand.Build(),
        ValidateCommand.Build(),
        FitCommand.Build(),
        FidelityCommand.Build(),
        MessagesCommand.Build(),
        DiagramCommand.Build(),
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return ExitCode.Refused;
        }

        // Who checks a simulation has the core check itself as well; that is settled before its first assertion.
        if (arguments is ["hunt" or "run", ..]
            || arguments.Any(argument => argument.StartsWith("--check", StringComparison.Ordinal)))
        {
            AppContext.SetSwitch(Assertions.Switch, true);
        }

        // Signals are handled where processes are to be stopped; the library's handler would cut that short.
        var invocation =
            new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(invocation);
    }
}
