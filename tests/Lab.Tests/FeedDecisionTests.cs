namespace Blockchain.Lab.Tests;

/// <summary>
/// What <c>test.sh</c> leaves out, by what NuGet says; <see cref="RealFeedTests"/> has a real NuGet say it.
/// </summary>
public sealed class FeedDecisionTests : IDisposable
{
    private const string NoSdk = """
        /a/AppHost/AppHost.csproj : error : Could not resolve SDK "Aspire.AppHost.Sdk". Exactly one of the probing messages below
        /a/AppHost/AppHost.csproj : error :   Unable to find package Aspire.AppHost.Sdk. No packages exist with this id in source(s): test
        /a/AppHost/AppHost.csproj : error MSB4236: The SDK 'Aspire.AppHost.Sdk/13.6.4' specified could not be found.
        """;

    private const string NoSdkNoAnswer = """
        /a/AppHost/AppHost.csproj : error :   Unable to find package Aspire.AppHost.Sdk. No packages exist with this id in source(s): nuget.org
        /a/AppHost/AppHost.csproj : warning : Unable to load the service index for source https://api.nuget.org/v3/index.json.
        /a/AppHost/AppHost.csproj : error MSB4236: The SDK 'Aspire.AppHost.Sdk/13.6.4' specified could not be found.
        """;

    private const string NoAnswer = """
        /a/P.proj : error NU1301: Failed to retrieve information about 'Aspire.Hosting.Docker' from remote source 'https://api.nuget.org/v3-flatcontainer/aspire.hosting.docker/index.json'.
        /a/P.proj : error NU1301:   Resource temporarily unavailable (api.nuget.org:443)
        """;

    private const string Skipped =
        "/a/AppHost.csproj : error NU1503: Skipping restore for project '/a/AppHost.csproj'. [/a/B.sln]";

    private readonly ScriptFolder _folder = new();

    [Fact]
    public async Task Test_EverythingCanBeRestored_LeavesNothingOut()
    {
        var run = await _folder.RunAsync("test.sh");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.DoesNotContain("left out", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 0 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["restore Blockchain.Aspire.sln", "build Blockchain.Aspire.sln", "test --project", "test --project"],
            _folder.TakeAsked());
    }

    [Theory]
    [InlineData("the feed lacks Aspire.AppHost.Sdk 13.6.4", NoSdk)]
    [InlineData("no answer from https://api.nuget.org", NoSdkNoAnswer)]
    [InlineData(
        "the feed lacks Aspire.Dashboard.Sdk.linux-x64, Aspire.Hosting.AppHost and "
            + "Aspire.Hosting.Orchestration.linux-x64",
        """
        /a/AppHost.csproj : error NU1101: Unable to find package Aspire.Hosting.AppHost. No packages exist with this id in source(s): test
        /a/AppHost.csproj : error NU1101: Unable to find package Aspire.Dashboard.Sdk.linux-x64. No packages exist with this id in source(s): test
        /a/AppHost.csproj : error NU1101: Unable to find package Aspire.Hosting.Orchestration.linux-x64. No packages exist with this id in source(s): test
        """)]
    public async Task Test_AppHostCannotBeRestored_LeavesItAndItsTestsOut(string why, string said)
    {
        _folder.RestoreSays("Blockchain.Aspire.sln", Skipped);
        _folder.RestoreSays("AppHost", said);
        await AssertLeavesOutAsync(
            $"left out: AppHost, tests/AppHost.Tests ({why})", tests: 1, "Blockchain.WithoutAspire.slnf");
    }

    [Theory]
    [InlineData(
        "the feed lacks Aspire.Hosting.Testing",
        "/a/T.csproj : error NU1101: Unable to find package Aspire.Hosting.Testing. No packages exist with this id "
            + "in source(s): a, b")]
    [InlineData(
        "the feed lacks Aspire.Hosting.Testing 13.6.5",
        """
        /a/T.csproj : error NU1102: Unable to find package Aspire.Hosting.Testing with version (>= 13.6.5)
        /a/T.csproj : error NU1102:   - Found 2 version(s) in test [ Nearest version: 13.6.3 ]
        """)]
    [InlineData(
        "the feed lacks Aspire.Hosting.Testing 13.6.5",
        "/a/T.csproj : error NU1103: Unable to find a stable package Aspire.Hosting.Testing with version (>= 13.6.5)")]
    [InlineData(
        "the feed lacks Aspire.Hosting.Testing 13.6.5",
        "/a/T.csproj : error NU1100: Unable to resolve 'Aspire.Hosting.Testing (>= 13.6.5)' for 'net10.0'.")]
    [InlineData(
        "the feed lacks Aspire.Hosting.Testing 13.6.5",
        "/a/T.csproj : error NU1603: Warning As Error: T depends on Aspire.Hosting.Testing (>= 13.6.5) but "
            + "Aspire.Hosting.Testing 13.6.5 was not found. Aspire.Hosting.Testing 13.6.9 was resolved instead.")]
    [InlineData("no answer from /a/feed", "/a/T.csproj : error NU1301: The local source '/a/feed' doesn't exist.")]
    [InlineData(
        "no answer from http://a:8 and https://b",
        """
        /a/T.csproj : error NU1301: Unable to load the service index for source http://a:8/v3/index.json.
        /a/T.csproj : error NU1301: Unable to load the service index for source https://b/index.json.
        """)]
    public async Task Test_TestingCannotBeRestored_LeavesTheTestsOutAndBuildsAppHost(string why, string said)
    {
        _folder.RestoreSays("Blockchain.Aspire.sln", said);
        _folder.RestoreSays("AppHost.Tests", said);
        await AssertLeavesOutAsync(
            $"left out: tests/AppHost.Tests ({why})", tests: 1, "Blockchain.WithoutAspire.slnf", "AppHost");
    }

    [Theory]
    [InlineData(
        "Blockchain.Aspire.sln", "/a/Lab.csproj : error NU1101: Unable to find package ScottPlot. No packages exist")]
    [InlineData("Blockchain.Aspire.sln AppHost",
        "/a/AppHost.csproj(3,5): error MSB4025: The project file could not be loaded.")]
    [InlineData("Blockchain.Aspire.sln AppHost",
        "/a/AppHost.csproj : error NU1605: Warning As Error: Detected package downgrade")]
    [InlineData("Blockchain.Aspire.sln AppHost",
        NoSdk + "\n/a/AppHost.csproj : error NU1107: Version conflict detected for X.")]
    [InlineData(
        "Blockchain.Aspire.sln AppHost.Tests", "/a/T.csproj : error NU1202: Package X is not compatible with net10.0")]
    [InlineData("Blockchain.Aspire.sln AppHost", "no space left on device")]
    public async Task Test_RestoreFailsForAnotherReason_FailsAndSaysIt(string projects, string said)
    {
        foreach (var project in projects.Split(' '))
        {
            _folder.RestoreSays(project, said);
        }

        var run = await _folder.RunAsync("test.sh");
        Assert.Equal((1, said + "\n"), (run.Code, run.Error));
        Assert.Equal("0 passed, 1 failed, 0 skipped\n", run.Output);
        Assert.All(_folder.TakeAsked(), asked => Assert.StartsWith("restore ", asked, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertLeavesOutAsync(string line, int tests, params string[] built)
    {
        var run = await _folder.RunAsync("test.sh");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith(line + "\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split("left out").Length);
        Assert.EndsWith($"\n{tests} passed, 0 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            built.Select(project => $"build {project}"),
            _folder.TakeAsked().Where(asked => asked.StartsWith("build ", StringComparison.Ordinal)));
    }
}
