
namespace Blockchain.Launching;

/// <summary>Arguments of Lab as a line that a shell takes, from the folder of the solution.</summary>
internal static class CommandText
{
    private const string Start = "dotnet run --project Lab -c Release -- ";
    private const string NeedNoQuotes = "-_./=+:%@,";

    public static string Of(IEnumerable<string> arguments) => Start + string.Join(' ', arguments.Select(Quote));

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(sign => char.IsAsciiLetterOrDigit(sign) || NeedNoQuotes.Contains(sign))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
