namespace Blockchain.AppHost.Tests;

/// <summary>What the AppHost makes of its command line.</summary>
public sealed class ArgumentsTests
{
    [Fact]
    public void Paths_Relative_StartWhereTheCallerStands()
    {
        var read = Read("my.json", "--scrape", "scrape", "--operation", "publish", "--output-path", "out");
        Assert.Equal(Path.GetFullPath("my.json"), read.PeersFile);
        Assert.Equal(Path.GetFullPath("scrape"), read.ScrapeFolder);
        Assert.Equal((null, false), (read.Data, read.IsFresh));
        Assert.Equal(["--operation=publish", $"--output-path={Path.GetFullPath("out")}"], read.ForAspire);
    }

    [Fact]
    public void Data_Relative_StartsWhereTheCallerStands()
    {
        var read = Read("my.json", "--data", "kept", "--fresh");
        Assert.Equal((Path.GetFullPath("kept"), true), (read.Data, read.IsFresh));
    }

    [Theory]
    [InlineData(null, "/shell", "/current", "/current")]
    [InlineData("17", null, "/current", "/current")]
    [InlineData("17", "/no-such-folder", "/current", "/current")]
    [InlineData("17", "/", "/current", "/")]
    public void Caller_StartedByTheCli_StandsWhereTheShellIs(
        string? cli, string? shell, string current, string expected) =>
        Assert.Equal(expected, CallerFolder.Find(cli, shell, current));

    /// <summary>A file that is overlooked means that another network is started than the one that was meant.</summary>
    [Theory]
    [InlineData("net.json")]
    [InlineData("--peers", "net.json")]
    [InlineData("--peers=net.json")]
    [InlineData("--log-file", "/tmp/cli.log", "net.json")]
    [InlineData("--non-interactive", "--log-file", "/tmp/cli.log", "net.json")]
    [InlineData("--operation", "publish", "--step", "publish", "--output-path", "/tmp/out", "net.json")]
    [InlineData("--operation", "publish", "--include-exception-details", "true", "net.json")]
    [InlineData("--Logging:LogLevel:Default", "Debug", "net.json")]
    [InlineData("--Logging:LogLevel:Default=Debug", "net.json")]
    [InlineData("net.json", "--for", "60s")]
    public void File_WhereverItStands_IsTheOneThatIsRead(params string[] arguments) =>
        Assert.Equal(Path.GetFullPath("net.json"), Read(arguments).PeersFile);

    [Fact]
    public void File_NotGiven_IsThatOfTheRepository() => Assert.Equal("../peers.json", Read().PeersFile);

    [Fact]
    public void OptionsAndSettingsOfAspire_AreLeftForIt()
    {
        var read = Read(
            "--clear-cache", "true", "--yes", "--step=publish", "--DcpPublisher:RandomizePorts=true", "--A:B", "c d",
            "net.json");
        Assert.Equal(
            ["--step=publish", "--clear-cache=true", "--yes=true", "--DcpPublisher:RandomizePorts=true", "--A:B",
            "c d"],
            read.ForAspire);
    }

    [Fact]
    public void OwnOptions_AreRead()
    {
        var read = Read("--for=90s", "--observability", "--target", "kubernetes");
        Assert.Equal(
            (TimeSpan.FromSeconds(90), true, PublishTarget.Kubernetes), (read.Duration, read.Observability,
                read.Target));
        Assert.Empty(read.ForAspire);
        Assert.Equal(PublishTarget.Compose, Read().Target);
    }

    [Theory]
    [InlineData("0s", "--for", "0s")]
    [InlineData("soon", "--for=soon")]
    [InlineData("--for", "--for")]
    [InlineData("docker", "--target", "docker")]
    [InlineData("--target", "--target")]
    [InlineData("There is no option --targt", "--targt")]
    [InlineData("--targt", "--targt", "compose", "net.json")]
    [InlineData("--observabilty", "net.json", "--observabilty")]
    [InlineData("--step", "--step")]
    [InlineData("Give one file, not two", "a.json", "--peers", "b.json")]
    [InlineData("b.json", "a.json", "b.json")]
    public void Mistake_InTheArguments_IsRefusedWithItsName(string expected, params string[] arguments)
    {
        var refused = Assert.Throws<RefusedException>(() => AppHostCommand.Read(arguments));
        Assert.Contains(refused.Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
        Assert.All(refused.Problems, problem => Assert.DoesNotContain('\n', problem));
    }

    [Fact]
    public void Mistakes_Several_AreAllToldAtOnce()
    {
        var refused = Assert.Throws<RefusedException>(
            () => AppHostCommand.Read(["--for", "soon", "--target", "docker", "net.json", "--observabilty"]));
        Assert.Equal(3, refused.Problems.Count);
    }

    private static AppHostArguments Read(params string[] arguments) =>
        AppHostCommand.Read(arguments) ?? throw new InvalidOperationException("Help was shown.");
}
