namespace Blockchain.AppHost.Tests;

/// <summary>What the AppHost makes of its command line.</summary>
public sealed class ArgumentsTests
{
    [Fact]
    public void Paths_Relative_StartWhereTheCallerStands()
    {
        var read = AppHostArguments.Read(["my.json", "--scrape", "scrape", "--operation", "publish", "--output-path", "out"]);
        Assert.Equal(Path.GetFullPath("my.json"), read.PeersFile);
        Assert.Equal(Path.GetFullPath("scrape"), read.ScrapeFolder);
        Assert.Equal(["--operation", "publish", "--output-path", Path.GetFullPath("out")], read.ForAspire);
    }

    [Fact]
    public void Duration_NoTime_IsRefused() =>
        Assert.Throws<RefusedException>(() => AppHostArguments.Read(["--for", "0s"]));
}
