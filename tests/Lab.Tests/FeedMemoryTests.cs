namespace Blockchain.Lab.Tests;

/// <summary>Which form <c>run.sh</c> takes, and how long it goes by what the feed said last time.</summary>
public sealed class FeedMemoryTests : IDisposable
{
    private const string Lacks =
        "/a/AppHost.csproj : error NU1101: Unable to find package Aspire.Hosting. No packages exist with this id in "
            + "source(s): test";
    private const string NoAnswer = "/a/AppHost.csproj : error NU1301: The local source '/a/feed' doesn't exist.";
    private const string Refusal = "starting without Aspire: the feed lacks Aspire.Hosting\n";
    private const string Memory = ".run/apphost-restored";

    private readonly ScriptFolder _folder = new();

    public FeedMemoryTests()
    {
        _folder.Write("nuget.config", """<add key="test" value="feed" />""");
        _folder.Write("feed/other.nupkg", "");
    }

    [Fact]
    public async Task Run_FeedLacksAspire_SaysSoAndAsksOnceAnHour()
    {
        _folder.RestoreSays("AppHost", Lacks);
        await AssertRunAsync(Refusal, asks: true);
        await AssertRunAsync(Refusal, asks: false);
        Age(TimeSpan.FromMinutes(61));
        await AssertRunAsync(Refusal, asks: true);
        _folder.RestoreSays("AppHost", null);
        await AssertRunAsync(Refusal, asks: false);
        Age(TimeSpan.FromMinutes(61));
        await AssertRunAsync("starting in Aspire", asks: true);
    }

    [Fact]
    public async Task Run_NoFeedAnswers_SaysSoAndAsksOnceAMinute()
    {
        _folder.RestoreSays("AppHost", NoAnswer);
        await AssertRunAsync("starting without Aspire: no answer from /a/feed\n", asks: true);
        await AssertRunAsync("starting without Aspire: no answer from /a/feed\n", asks: false);
        Age(TimeSpan.FromMinutes(2));
        _folder.RestoreSays("AppHost", null);
        await AssertRunAsync("starting in Aspire", asks: true);
    }

    [Theory]
    [InlineData("feed/aspire.hosting.13.6.5.nupkg")]
    [InlineData("nuget.config")]
    [InlineData("AppHost/nuget.config")]
    [InlineData("home/.nuget/NuGet/NuGet.Config")]
    [InlineData("Directory.Packages.props")]
    [InlineData("AppHost/obj/project.nuget.cache")]
    public async Task Run_ChangedSinceTheRefusal_AsksAgain(string file)
    {
        _folder.RestoreSays("AppHost", Lacks);
        await AssertRunAsync(Refusal, asks: true);
        Age(TimeSpan.FromMinutes(2));
        _folder.RestoreSays("AppHost", null);
        _folder.Write(file, "changed");
        await AssertRunAsync("starting in Aspire", asks: true);
    }

    [Fact]
    public async Task Run_OtherPackagesFolder_AsksAgain()
    {
        _folder.RestoreSays("AppHost", Lacks);
        await AssertRunAsync(Refusal, asks: true);
        _folder.Environment["NUGET_PACKAGES"] = _folder.PathOf("packages");
        await AssertRunAsync(Refusal, asks: true);
    }

    [Fact]
    public async Task Run_Restored_AsksAgainOnlyWherePackagesAreGone()
    {
        await AssertRunAsync("starting in Aspire", asks: true);
        Age(TimeSpan.FromDays(2));
        await AssertRunAsync("starting in Aspire", asks: false);
        File.Delete(_folder.PathOf("tools/a.nupkg.sha512"));
        _folder.RestoreSays("AppHost", Lacks);
        await AssertRunAsync(Refusal, asks: true);
    }

    [Fact]
    public async Task Run_AspireOnAFeedThatLacksIt_RefusesInOneLineAndAsksEachTime()
    {
        _folder.RestoreSays("AppHost", Lacks);
        for (var time = 0; time < 2; time++)
        {
            var run = await _folder.RunAsync("run.sh", "--form", "aspire");
            Assert.Equal(new ScriptRun(2, "", "run.sh: --form aspire: the feed lacks Aspire.Hosting\n"), run);
            Assert.Equal(["restore AppHost"], _folder.TakeAsked());
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--form", "aspire")]
    public async Task Run_RestoreFailsForAnotherReason_FailsAndSaysIt(params string[] arguments)
    {
        const string Downgrade = "/a/AppHost.csproj : error NU1605: Warning As Error: Detected package downgrade";
        _folder.RestoreSays("AppHost", Downgrade);
        var run = await _folder.RunAsync("run.sh", arguments);
        Assert.Equal(new ScriptRun(1, "", Downgrade + "\n"), run);
        Assert.False(File.Exists(_folder.PathOf(Memory)));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Lets what the script remembers, and all that it looks at, become older.</summary>
    private void Age(TimeSpan by)
    {
        var then = DateTime.UtcNow - by;
        foreach (var entry in Directory.EnumerateFileSystemEntries(
            _folder.PathOf(""), "*", SearchOption.AllDirectories))
        {
            if (Directory.Exists(entry))
            {
                Directory.SetLastWriteTimeUtc(entry, then);
            }
            else
            {
                File.SetLastWriteTimeUtc(entry, then);
            }
        }
    }

    private async Task AssertRunAsync(string expected, bool asks)
    {
        var run = await _folder.RunAsync("run.sh");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith(expected, run.Output, StringComparison.Ordinal);
        var asked = _folder.TakeAsked();
        Assert.Equal(asks, asked.Contains("restore AppHost"));
        Assert.Contains(
            expected.StartsWith("starting in", StringComparison.Ordinal)
                ? "run --project" : "Lab/bin/Release/net10.0/Blockchain.Lab.dll up",
            asked);
    }
}
