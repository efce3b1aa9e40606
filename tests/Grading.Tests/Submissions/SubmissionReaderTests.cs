using Blockchain.Grading.Submissions;

namespace Blockchain.Grading.Tests.Submissions;

public sealed class SubmissionReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("submissions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Submission_WithAllKeys_IsRead()
    {
        var one = Read("""{ "stdio": ["./node", "--stdio"], "build": ["make"], "environment": { "A": "1" } }""");
        Assert.Null(one.Problem);
        Assert.Equal(["./node", "--stdio"], one.Stdio);
        Assert.Equal(["make"], one.Build);
        Assert.Equal("1", one.Environment["A"]);
    }

    [Theory]
    [InlineData("{", "error")]
    [InlineData("{}", "$.stdio: is missing")]
    [InlineData("""{ "stdio": "node" }""", "$.stdio: expected a program and its arguments")]
    [InlineData("""{ "stdio": ["a"], "biuld": ["make"] }""", "did you mean \"build\"?")]
    public void Mistake_InNodeJson_IsTheSubmissionsOwn(string text, string problem) =>
        Assert.Contains(problem, Read(text).Problem);

    [Fact]
    public void Folder_WithoutNodeJson_IsASubmissionThatCannotRun()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "anna"));
        Assert.Equal("it has no node.json", Assert.Single(SubmissionReader.ReadAll(_folder)).Problem);
    }

    [Fact]
    public void Hash_OfAChangedFile_IsAnother()
    {
        var before = Read("""{ "stdio": ["a"] }""").Hash;
        Assert.Equal(before, Read("""{ "stdio": ["a"] }""").Hash);
        Assert.NotEqual(before, Read("""{ "stdio": ["b"] }""").Hash);
    }

    [Fact]
    public void Link_OutOfTheFolder_IsNoFileOfIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var secret = Path.Combine(_folder, "secret");
        File.WriteAllText(secret, "secret");
        _ = Read("""{ "stdio": ["a"] }""");
        File.CreateSymbolicLink(Path.Combine(_folder, "anna", "link"), secret);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "anna", "all"), "/");
        Assert.Equal(["node.json"], FolderFiles.Of(Path.Combine(_folder, "anna"), 100, 100_000).Paths);
    }

    [Fact]
    public void Pipe_InASubmission_IsRefusedAndNotOpened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no pipes in folders there");
        _ = Read("""{ "stdio": ["a"] }""");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder, "anna", "pipe")]))
        {
            make.WaitForExit();
        }

        Assert.Contains("pipes", SubmissionReader.Read(Path.Combine(_folder, "anna")).Problem);
    }

    private Submission Read(string text)
    {
        var folder = Path.Combine(_folder, "anna");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "node.json"), text);
        return SubmissionReader.Read(folder);
    }
}
