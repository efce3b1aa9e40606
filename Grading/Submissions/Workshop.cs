using System.Diagnostics;
using Blockchain.Grading.Sheets;
using Blockchain.Launching.Guests.Sandboxing;

namespace Blockchain.Grading.Submissions;

/// <summary>
/// Where submissions are copied to and built, so that what was handed in stays as it is. May be used by several
/// threads.
/// </summary>
internal sealed class Workshop(Sandbox sandbox, Sheet sheet) : IDisposable
{
    private const int MostFiles = 20_000;
    private const long MostBytes = 512L * 1024 * 1024;
    private const long MiB = 1024 * 1024;
    private const int LinesOfBuild = 30;

    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("blockchain-grading-");
    private readonly Dictionary<string, Lazy<Workpiece>> _pieces = [];

    public Sandbox Sandbox => sandbox;

    public Sheet Sheet => sheet;

    /// <summary>Copies and builds it, when it is asked for first.</summary>
    public Workpiece Of(Submission submission)
    {
        Lazy<Workpiece> piece;
        lock (_pieces)
        {
            if (!_pieces.TryGetValue(submission.Name, out piece!))
            {
                piece = new Lazy<Workpiece>(() => Make(submission));
                _pieces.Add(submission.Name, piece);
            }
        }

        return piece.Value;
    }

    public void Dispose()
    {
        try
        {
            _work.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It lies in the system's folder for what may be deleted.
        }
    }

    private Workpiece Make(Submission submission)
    {
        if (submission.Problem is { } problem)
        {
            return new Workpiece(submission, "", problem);
        }

        var folder = Copy(submission);
        if (submission.Build is { } build && Build(build, submission, folder) is { } failure)
        {
            return new Workpiece(submission, folder, failure);
        }

        var piece = new Workpiece(submission, folder, null);
        return piece with { Problem = FirstTurn.WhyNot(this, piece) };
    }

    private string Copy(Submission submission)
    {
        var target = Path.Combine(_work.FullName, submission.Name);
        Directory.CreateDirectory(target);
        foreach (var file in FolderFiles.Of(submission.Folder, MostFiles, MostBytes).Paths)
        {
            var copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(submission.Folder, file), copy);
        }

        // The program runs as somebody else where that can be, and must be able to read it.
        Run("chmod", "-R", "a+rX,u+w", target);
        Run("chmod", "711", _work.FullName);
        return target;
    }

    private string? Build(IReadOnlyList<string> command, Submission submission, string folder)
    {
        const int ProcessesOfABuild = 512;
        const int MemoryOfABuild = 4;
        var limits = sheet.Limits with
        {
            Time = sheet.BuildTime,
            Cpu = sheet.BuildTime * 2,
            Memory = Math.Max(sheet.Limits.Memory, MemoryOfABuild * 1024 * MiB),
            Output = Math.Max(sheet.Limits.Output, 1024 * MiB),
            Processes = ProcessesOfABuild,
        };
        Run("chmod", "-R", "a+rwX", folder);
        var result = sandbox.Run(
            new ConfinedProgram(command, folder) { MayWrite = true, Environment = submission.Environment }, limits);
        if (result.Problem is not { } problem)
        {
            return null;
        }

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LinesOfBuild);
        return $"its build ({string.Join(' ', command)}) failed: {problem}\n{string.Join('\n', lines)}";
    }

    private static void Run(string program, params string[] words)
    {
        if (!OperatingSystem.IsWindows())
        {
            using var process = Process.Start(program, words);
            process.WaitForExit();
        }
    }
}
