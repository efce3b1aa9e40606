using Spectre.Console;

namespace Blockchain.Lab.Display;

internal static class PlainOutput
{
    private const int Wide = 400;

    /// <summary>
    /// A pipe or a file has no width at which lines would have to be broken; the library takes 80 columns for it.
    /// </summary>
    public static void KeepLinesWhole(IAnsiConsole console)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = Wide;
        }
    }
}
