using Blockchain.Lab.Commands;

namespace Blockchain.Lab.Tests;

public sealed class CheckCommandTests
{
    [Fact]
    public void Summarise_NetworkOfEveryKind_CountsThem() => Assert.Equal(
        "4 peers (3 full, 1 light; 1 malicious), 1 NAT group: 1 with gateway 5000",
        CheckCommand.Summarise(Networks.OfEveryKind()));

    [Fact]
    public void Run_FileWithSeveralMistakes_ListsThemAllWithTheirPaths()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                { "peers": { "1": { "ip": "127.0.0.2", "port": 0 }, "2": { "ip": "127.0.0.3", "port": 5000, "fanout": 0 } } }
                """);
            using var output = new StringWriter();
            using var error = new StringWriter();
            Assert.Equal(2, CheckCommand.Run(file, output, error));
            var lines = error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, lines.Length);
            Assert.Contains("$.peers['1'].port: ", lines[0], StringComparison.Ordinal);
            Assert.Contains("$.peers['2'].fanout: ", lines[1], StringComparison.Ordinal);
            Assert.Empty(output.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Run_NoSuchFile_SaysSoInOneLine()
    {
        using var error = new StringWriter();
        Assert.Equal(2, CheckCommand.Run("no-such-file.json", TextWriter.Null, error));
        Assert.Equal("error: no-such-file.json: there is no such file." + Environment.NewLine, error.ToString());
    }

    [Fact]
    public void Run_Folder_SaysSoInOneLine()
    {
        using var error = new StringWriter();
        Assert.Equal(2, CheckCommand.Run(AppContext.BaseDirectory, TextWriter.Null, error));
        Assert.Equal($"error: {AppContext.BaseDirectory}: it is a folder, not a file." + Environment.NewLine,
            error.ToString());
    }
}
