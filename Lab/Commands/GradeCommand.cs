using System.CommandLine;
using Blockchain.Lab.Grading;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary><c>grade</c>: the programs of many students, by one sheet.</summary>
internal static class GradeCommand
{
    private const string UsualFolder = "grades";

    private static readonly Argument<string> Submissions = new("submissions")
    {
        Description = "A folder with a folder for each student, each with a node.json.",
    };

    private static readonly Option<string> Sheet = new("--sheet")
    {
        Description = "What is checked, and what it is worth.",
        HelpName = "sheet.json",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = $"Where grades go, and where results are kept; {UsualFolder} by default.",
        HelpName = "folder",
        DefaultValueFactory = _ => UsualFolder,
    };

    private static readonly Option<string?> Secret = new("--secret")
    {
        Description = "The file that hidden seeds are drawn from.",
        HelpName = "file",
    };

    private static readonly Option<bool> League = new("--league")
    {
        Description = "In the end all submissions in one network: who agrees with whom?",
    };

    private static readonly Option<int> Jobs =
        Arguments.Count("--jobs", "Checks at a time.", Environment.ProcessorCount);

    private static readonly Option<string> Sandbox = new("--sandbox")
    {
        Description = $"How programs are confined: {string.Join(", ", Launching.Guests.Sandboxing.Sandbox.Names)}.",
        HelpName = "how",
        DefaultValueFactory = _ => Launching.Guests.Sandboxing.Sandbox.Names[0],
    };

    private static readonly Option<string?> Image = new("--image")
    {
        Description = "For podman and docker: the image that programs run in; podman can do without.",
        HelpName = "name",
    };

    private static readonly Option<string[]> Tools = new("--tools")
    {
        Description = "A folder with programs that submissions need, outside of the system's own folders.",
        HelpName = "folder",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only this student; may be said several times.",
        HelpName = "student",
        DefaultValueFactory = _ => [],
    };

    public static Command Build()
    {
        var command = new Command("grade", "Grade the programs of students by a sheet of rules and scenarios.")
        {
            Submissions, Sheet, Out, Secret, League, Jobs, Sandbox, Image, Tools, Only,
        };
        Sandbox.AcceptOnlyFromAmong([.. Launching.Guests.Sandboxing.Sandbox.Names]);
        command.SetAction(parsed => new GradeRun(
            new GradeRequest(
                parsed.GetRequiredValue(Submissions),
                parsed.GetRequiredValue(Sheet),
                parsed.GetRequiredValue(Out),
                parsed.GetValue(Secret),
                parsed.GetValue(League),
                parsed.GetValue(Jobs),
                parsed.GetRequiredValue(Sandbox),
                parsed.GetValue(Image),
                parsed.GetRequiredValue(Tools),
                parsed.GetRequiredValue(Only)),
            AnsiConsole.Console).Run());
        return command;
    }
}
