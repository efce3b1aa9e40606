using System.CommandLine;
using Blockchain.Shared.Topology;
using Blockchain.Signing;

namespace Blockchain.Lab.Commands;

/// <summary><c>keys</c>: makes the key pairs of a network whose peers sign.</summary>
internal static class KeysCommand
{
    public static Command Build()
    {
        var file = Arguments.File();
        var folder = new Option<DirectoryInfo?>("--folder")
        {
            Description = "Where the private keys go; by default peers.keys beside peers.json.",
            HelpName = "folder",
        };
        var command = new Command(
            "keys",
            "Make a key pair for each peer that has none: public keys into the file, private ones into a folder.")
        {
            file, folder,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file), parsed.GetValue(folder)?.FullName, Console.Out, Console.Error));
        return command;
    }

    internal static int Run(string path, string? folder, TextWriter output, TextWriter error)
    {
        if (PeersFiles.Read(path, error) is not { } plan)
        {
            return ExitCode.Refused;
        }

        if (!plan.IsSigned)
        {
            error.WriteLine($"{path}: its peers do not sign; write \"identity\": \"signed\" into it first.");
            return ExitCode.Refused;
        }

        var missing = plan.Peers.Count(peer => peer.Key is null);
        if (missing == 0)
        {
            output.WriteLine("Every peer has a key already.");
            return ExitCode.Success;
        }

        try
        {
            var keys = folder is null ? KeyFolder.Beside(path) : new KeyFolder(folder);
            Replace(path, PeersFile.WithKeys(File.ReadAllBytes(path), keys.MakeMissing(plan)));
            var made = missing == 1 ? "1 key pair" : $"{missing} key pairs";
            output.WriteLine($"{made} made: the public keys are in {path}, the private ones in {keys.Path}, which only "
                + "you can read. Keep that folder out of version control.");
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The keys could not be written: {problem.Message}");
            return ExitCode.Refused;
        }
    }

    /// <summary>The whole file or the old one, whatever happens in between.</summary>
    private static void Replace(string path, byte[] text)
    {
        var beside = path + ".new";
        File.WriteAllBytes(beside, text);
        File.Move(beside, path, overwrite: true);
    }
}
