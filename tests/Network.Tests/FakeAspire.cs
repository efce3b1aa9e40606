using Blockchain.Launching;

namespace Blockchain.Network.Tests;

/// <summary>
/// A folder with an <c>aspire</c> or <c>npx</c> command that is a script, and nothing else. This aspire notes what it
/// was
/// asked, and serves pages where the dashboard would.
/// </summary>
internal sealed class FakeAspire : IDisposable
{
    private const string Mark = "STARTED_BY_FAKE_ASPIRE";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockchain-aspire-");

    /// <summary>With it a launcher finds what is in the folder, and no other command.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["PATH"] = _folder.FullName, ["HOME"] = _folder.FullName };

    public IEnumerable<int> Servers => RunningProcesses.With(Mark, _folder.FullName);

    private string Asked => Path.Combine(_folder.FullName, "asked");

    /// <summary>What follows an option in what aspire was asked.</summary>
    public string Option(string name)
    {
        var words = File.ReadAllText(Asked).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words[Array.IndexOf(words, name) + 1];
    }

    public FakeAspire ThatServes()
    {
        Write("aspire", $"""
            echo "$@" >'{Asked}'
            while [ $# -gt 1 ]; do
              if [ "$1" = --frontend-url ]; then export ASPNETCORE_URLS="$2"; fi
              shift
            done
            export {Mark}='{_folder.FullName}'
            exec '{ObservatoryLaunch.Find(AppContext.BaseDirectory).FileName}'
            """);
        return this;
    }

    public FakeAspire ThatFails(string words)
    {
        Write("aspire", $"echo '{words}' >&2; exit 7");
        return this;
    }

    /// <summary>
    /// Has only npx in the folder, which puts the aspire that was there into the package that it is asked for.
    /// </summary>
    public FakeAspire FromNpx()
    {
        var aspire = Path.Combine(_folder.FullName, "hidden");
        File.Move(Path.Combine(_folder.FullName, "aspire"), aspire);
        var modules = Path.Combine(_folder.FullName, "cache", "node_modules");
        Write("npx", $"""
            [ "$1 $2 $4" = "--yes --package node" ] || exit 1
            /bin/mkdir -p '{modules}'/"$3"/bin
            /bin/cp '{aspire}' '{modules}'/"$3"/bin/aspire
            echo '{modules}/.bin:/usr/bin'
            """);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string script)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
