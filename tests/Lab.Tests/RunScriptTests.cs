namespace Blockchain.Lab.Tests;

/// <summary>What <c>run.sh</c> refuses before it builds anything.</summary>
public sealed class RunScriptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("--form is aspire or local, not docker", "--form", "docker")]
    [InlineData("--for needs a value", "--for")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--for must be a time such as 60s or 5min, not abc", "--for", "abc")]
    [InlineData("--for must be a time such as 60s or 5min, not 0s", "--for=0s")]
    [InlineData("--port is not an option", "--port", "5000")]
    [InlineData("no-such-file.json does not exist", "no-such-file.json")]
    [InlineData("give one file, not two", "a.json", "b.json")]
    public async Task Run_WrongArguments_RefusesInOneLine(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(output);
    }

    [Fact]
    public async Task Run_Help_ShowsHowToUseIt()
    {
        var (code, output, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        Assert.StartsWith("./run.sh [peers.json]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoSdk_SaysWhatIsMissingInOneLine()
    {
        // What the script needs before it looks for the SDK, and nothing else.
        var tools = Directory.CreateTempSubdirectory("blockchain-tools-");
        try
        {
            foreach (var tool in (string[])["dirname", "basename"])
            {
                var places = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
                var place = places.Select(folder => Path.Combine(folder, tool)).First(File.Exists);
                File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), place);
            }

            var (code, _, error) = await RunAsync([], tools.FullName);
            Assert.Equal(2, code);
            Assert.Equal("run.sh: the .NET 10 SDK is missing; see https://dotnet.microsoft.com/download\n", error);
        }
        finally
        {
            tools.Delete(recursive: true);
        }
    }

    private static Task<ScriptRun> RunAsync(params string[] arguments) => RunAsync(arguments, path: null);

    private static Task<ScriptRun> RunAsync(string[] arguments, string? path)
    {
        var environment = new Dictionary<string, string?>();
        if (path is not null)
        {
            environment["PATH"] = path;
        }

        return ScriptRun.OfAsync(Path.Combine(ScriptRun.Repository, "run.sh"), arguments, environment, Patience);
    }
}
