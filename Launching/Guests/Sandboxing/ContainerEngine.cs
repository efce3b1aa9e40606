using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>Podman or Docker, in one of the ways in which it may start containers on a machine.</summary>
/// <param name="Program">Its command.</param>
/// <param name="Image">Where the files of the container come from; null: those of this machine.</param>
/// <param name="Runtime">Runtimes differ in the kinds of control groups that they put up with; null: the usual
/// one.</param>
/// <param name="HasLimits">By control groups, which not every machine lets a user have.</param>
/// <param name="HasOwnUser">Each container gets a user number of its own; else it is the user who starts it, without
/// rights.</param>
internal sealed record ContainerEngine(
    string Program, string? Image, string? Runtime, bool HasLimits, bool HasOwnUser)
{
    public const string PodmanName = "podman";
    public const string DockerName = "docker";

    /// <summary>On all containers of this machine's sandboxes, so that what was left behind is found.</summary>
    public const string Label = "blockchain-sandbox";

    private const string NamePrefix = "blockchain-";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public bool IsPodman => Program == PodmanName;

    /// <summary>The ways that are worth a try, the best first.</summary>
    /// <exception cref="RefusedException">There is none without an image.</exception>
    public static IEnumerable<ContainerEngine> Of(string name, string? image)
    {
        if (name == DockerName)
        {
            return image is null
                ? throw new RefusedException(
                    $"{DockerName} runs programs only in an image: name one that is on this machine, with --image")
                : from isOwn in (bool[])[true, false]
                  select new ContainerEngine(DockerName, image, null, HasLimits: true, isOwn);
        }

        return from hasLimits in (bool[])[true, false]
               from runtime in (string?[])[null, "runc", "crun"]
               select new ContainerEngine(PodmanName, image, runtime, hasLimits, NativeCalls.IsRoot());
    }

    public static string NameOf(string work, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(work)}{number}");

    /// <summary>The begin of a command of it.</summary>
    public string[] Words(params string[] words) =>
        [Program, .. Runtime is null ? [] : (string[])["--runtime", Runtime], .. words];

    /// <summary>Ends a container and all that runs in it; does nothing if there is none.</summary>
    public void Remove(params IReadOnlyList<string> containers) =>
        Say(Words(["rm", "--force", .. IsPodman ? ["--ignore", "--time", "0"] : (string[])[], .. containers]));

    /// <summary>Ends the containers of one sandbox.</summary>
    public void RemoveAllOf(string work) =>
        RemoveWhere(name => name.StartsWith(PrefixOf(work), StringComparison.Ordinal));

    /// <summary>Ends what sandboxes have left behind whose process was killed.</summary>
    public void RemoveOrphans() => RemoveWhere(name =>
        name.Split('-') is [_, var process, ..]
        && int.TryParse(process, CultureInfo.InvariantCulture, out var id) && !IsRunning(id));

    private static string PrefixOf(string work) =>
        string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{Environment.ProcessId}-{work}-");

    private void RemoveWhere(Predicate<string> isIt)
    {
        var all = Say(Words(
            "ps", "--all", "--filter", $"label={Label}={Environment.MachineName}", "--format", "{{.Names}}"));
        var left = all.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(name => name.StartsWith(NamePrefix, StringComparison.Ordinal) && isIt(name)).ToArray();
        if (left.Length > 0)
        {
            Remove(left);
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <returns>What it wrote; empty if it cannot be started.</returns>
    private static string Say(string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            var output = new Tail(process.StandardOutput.BaseStream);
            _ = new Tail(process.StandardError.BaseStream);
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
            }

            output.Ended.Wait(Patience);
            return output.ToString();
        }
        catch (Win32Exception)
        {
            return "";
        }
    }
}
