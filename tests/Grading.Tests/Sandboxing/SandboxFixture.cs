using Blockchain.Launching.Guests;
using Blockchain.Launching.Guests.Sandboxing;
using Blockchain.Shared.Guests;

namespace Blockchain.Grading.Tests.Sandboxing;

/// <summary>Sandboxes of this machine, each tried once.</summary>
public sealed class SandboxFixture : IDisposable
{
    private readonly Dictionary<string, (Sandbox? Sandbox, string Problem)> _sandboxes = [];

    public static bool IsLinux => OperatingSystem.IsLinux();

    /// <summary>Skips the test where there is none of this name.</summary>
    internal Sandbox Get(string name)
    {
        if (!_sandboxes.TryGetValue(name, out var found))
        {
            try
            {
                found = (Sandbox.Open(name), "");
            }
            catch (Launching.RefusedException refused)
            {
                found = (null, refused.Message);
            }

            _sandboxes.Add(name, found);
        }

        Assert.SkipWhen(found.Sandbox is null, found.Problem);
        return found.Sandbox!;
    }

    /// <summary>Skips the test where the protection is not in force.</summary>
    internal Sandbox Get(string name, Protection needed)
    {
        var sandbox = Get(name);
        var state = sandbox.Protections.Single(one => one.Protection == needed);
        Assert.SkipWhen(!state.IsInForce, $"on this machine, in the sandbox {name}: {state.How}");
        return sandbox;
    }

    public void Dispose()
    {
        foreach (var (sandbox, _) in _sandboxes.Values)
        {
            sandbox?.Dispose();
        }
    }

    internal static string Folder(string program)
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "node.py"), program);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        return folder;
    }

    internal static ConfinedProgram Program(string text) => new(["python3", "node.py"], Folder(text));

    internal static GuestAnswer TakeOne(GuestProcess process) =>
        process.Take(new GuestWakes(TimeSpan.FromSeconds(1), "test"));
}
