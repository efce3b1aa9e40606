using System.IO.Compression;
using System.Text.RegularExpressions;
using Blockchain.Launching;

namespace Blockchain.Lab.Tests;

/// <summary>
/// What the scripts and the build of AppHost make of a feed that has some of Aspire's packages. The feed is a folder,
/// its
/// packages of Aspire are empty; what else AppHost needs is taken from the packages that this machine has.
/// </summary>
public sealed class RealFeedTests : IDisposable
{
    private const string Sdk = "Aspire.AppHost.Sdk";
    private const string TestingPackage = "Aspire.Hosting.Testing";

    private const string EmptyProject = """<Project Sdk="Microsoft.NET.Sdk" />""";

    private static readonly string[] All = [Sdk, "Aspire.Hosting.AppHost", TestingPackage];

    // Those that AppHost or its tests refer to, and that are cut down here.
    private static readonly string[] OtherProjects =
    [
        "NodeApi/NodeApi", "Observatory/Observatory", "PeerNode/PeerNode", "Shared/Shared",
        "tests/Network.Scenarios/Network.Scenarios", "tests/Lab.Tests/Lab.Tests",
    ];

    private readonly ScriptFolder _folder = new();

    public RealFeedTests()
    {
        foreach (var project in OtherProjects)
        {
            _folder.Write($"{project}.csproj", EmptyProject);
        }

        _folder.Copy("AppHost/AppHost.csproj");
        _folder.Copy("tests/Directory.Build.props");
        _folder.Copy("tests/AppHost.Tests/AppHost.Tests.csproj");
        _folder.Write("nuget.config", """
            <configuration>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="machine" /></fallbackPackageFolders>
            </configuration>
            """);
        _folder.Environment["NUGET_PACKAGES"] = _folder.PathOf("packages");
        _folder.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    }

    [Fact]
    public async Task Test_FeedLosesPackages_LeavesOutWhatItLacksWhateverWasRestoredBefore()
    {
        UseRealDotnet();
        FeedHas(All);
        await AssertTestAsync(null, "Blockchain.Aspire.sln");

        FeedHas(All.Except([TestingPackage]));
        await AssertTestAsync($"left out: tests/AppHost.Tests (the feed lacks {TestingPackage})", "AppHost");

        // To NuGet, tests that refer to an AppHost without its SDK are restored.
        FeedHas(All.Except([Sdk]));
        await AssertTestAsync(
            $"left out: AppHost, tests/AppHost.Tests (the feed lacks {Sdk} {VersionOf(Sdk)})",
            "Blockchain.WithoutAspire.slnf");
    }

    public void Dispose() => _folder.Dispose();

    private void UseRealDotnet()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Assert.SkipUnless(
            Directory.Exists(packages), "The packages that this repository was built with are not to be found.");
        _folder.Environment["REAL_DOTNET"] = Path.Combine(NodeExecutable.RootOfDotnet, "dotnet");
        _folder.Environment.Remove("HOME");
        Directory.CreateDirectory(_folder.PathOf("machine"));
        foreach (var package in Directory.EnumerateDirectories(packages))
        {
            var name = Path.GetFileName(package);
            if (!name.StartsWith("aspire.", StringComparison.Ordinal))
            {
                Directory.CreateSymbolicLink(_folder.PathOf($"machine/{name}"), package);
            }
        }
    }

    /// <summary>From now on it has these packages, and the machine has kept none.</summary>
    private void FeedHas(IEnumerable<string> packages)
    {
        foreach (var folder in (string[])["feed", "packages"])
        {
            if (Directory.Exists(_folder.PathOf(folder)))
            {
                Directory.Delete(_folder.PathOf(folder), recursive: true);
            }
        }

        Directory.CreateDirectory(_folder.PathOf("feed"));
        foreach (var package in packages)
        {
            Pack(package);
        }
    }

    private void Pack(string package)
    {
        using var archive = ZipFile.Open(FileOf(package), ZipArchiveMode.Create);
        Add($"{package}.nuspec", $"""
            <package>
              <metadata>
                <id>{package}</id>
                <version>{VersionOf(package)}</version>
                <authors>nobody</authors>
                <description>Stands for the real one.</description>
              </metadata>
            </package>
            """);
        if (package == Sdk)
        {
            foreach (var file in (string[])["Sdk.props", "Sdk.targets"])
            {
                Add($"Sdk/{file}", $"""<Project><Import Project="{file}" Sdk="Microsoft.NET.Sdk" /></Project>""");
            }
        }

        void Add(string name, string text)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private string FileOf(string package) => _folder.PathOf($"feed/{package}.{VersionOf(package)}.nupkg");

    /// <summary>The one that the repository asks for.</summary>
    private string VersionOf(string package)
    {
        if (package == Sdk)
        {
            return Find("AppHost/AppHost.csproj", $"\"{Sdk}/([^\"]*)\"");
        }

        return Find("Directory.Packages.props", "<AspireVersion>([^<]*)<");

        string Find(string file, string pattern) => Regex.Match(
            File.ReadAllText(_folder.PathOf(file)), pattern).Groups[1].Value;
    }

    /// <param name="leftOut">The only line of that kind; null: there is none.</param>
    private async Task AssertTestAsync(string? leftOut, string built)
    {
        var run = await _folder.RunAsync("test.sh");
        Assert.True(run.Code == 0, $"{run.Output}{run.Error}");
        Assert.Equal(leftOut, run.Output.Split('\n').SingleOrDefault(
            line => line.StartsWith("left out", StringComparison.Ordinal)));
        Assert.Contains($"build {built}", _folder.TakeAsked());
    }
}
