using System.Text;
using Blockchain.Observatory.Components.Pages;
using Blockchain.Observatory.Components.Replay;
using Blockchain.Observatory.Recordings;
using Blockchain.Observatory.State;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Blockchain.Observatory.Tests.Components;

public sealed class ReplayPageTests
{
    [Fact]
    public void LookingBack_FromTheLiveNetwork_OpensTheRecordingAtItsEnd()
    {
        using var context = new PageContext();
        context.Tell(new Story().Up("5000").Up("5001"));
        var page = context.Render<ReplayPage>();
        var bar = context.Render<ReplayBar>();
        Assert.Empty(bar.FindAll("input"));

        page.Find("button.primary").Click();

        Assert.False(context.Services.GetRequiredService<ViewChoice>().IsLive);
        bar.WaitForAssertion(
            () => Assert.Equal(bar.Find("input").GetAttribute("max"), bar.Find("input").GetAttribute("value")));
        Assert.Contains("2", page.Find("[data-summary='up']").TextContent, StringComparison.Ordinal);
        bar.Find("button.link").Click();
        Assert.True(context.Services.GetRequiredService<ViewChoice>().IsLive);
        page.WaitForElement("button.primary");
    }

    [Fact]
    public void LookingBack_BeforeAnythingWasHeard_SaysSo()
    {
        using var context = new PageContext();
        var page = context.Render<ReplayPage>();

        page.Find("button.primary").Click();

        Assert.Contains("Nothing has been heard", page.Find(".problem").TextContent, StringComparison.Ordinal);
        Assert.True(context.Services.GetRequiredService<ViewChoice>().IsLive);
    }

    [Fact]
    public async Task File_OfASimulation_IsPlayedInItsOwnTime()
    {
        using var context = new PageContext();
        var page = context.Render<ReplayPage>();
        var bar = context.Render<ReplayBar>();
        var story = new Story(0).Up("5000").Up("5001").Wait(123).Down("5000");
        using var file = new MemoryStream();
        await TapeFile.WriteAsync(
            new Tape([.. story.Events.Select(happened => new RecordedEvent(happened.Time, happened))]), file,
            Xunit.TestContext.Current.CancellationToken);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(file.ToArray(), "events.jsonl"));

        page.WaitForAssertion(
            () => Assert.Contains("events.jsonl: 2:05, 3 events", page.Markup, StringComparison.Ordinal));
        Assert.Contains("0:00 of 0:00–2:05", Text(bar), StringComparison.Ordinal);
        bar.Find("input").Input("125000");
        bar.WaitForAssertion(() => Assert.Contains("2:05 of", Text(bar), StringComparison.Ordinal));
        page.WaitForAssertion(
            () => Assert.Contains("5000 went down", page.Find(".outline-marks").TextContent, StringComparison.Ordinal));
        page.Find(".outline-marks button").Click();
        Assert.Contains("1 ", page.Find("[data-summary='up']").TextContent, StringComparison.Ordinal);

        static string Text(IRenderedComponent<ReplayBar> bar) => bar.Find(".replay-time").TextContent;
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "Line 1")]
    [InlineData("{\"schema\":\"blockchain.events\",\"version\":9}", "another version")]
    public void File_ThatIsNone_IsRefusedWithAReason(string content, string expected)
    {
        using var context = new PageContext();
        var page = context.Render<ReplayPage>();

        page.FindComponent<InputFile>().UploadFiles(
            InputFileContent.CreateFromBinary(Encoding.UTF8.GetBytes(content), "notes.txt"));

        page.WaitForAssertion(
            () => Assert.Contains("notes.txt", page.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.Contains(expected, page.Find(".problem").TextContent, StringComparison.Ordinal);
        Assert.True(context.Services.GetRequiredService<ViewChoice>().IsLive);
    }

    public static TheoryData<Exception> BreaksOfUploads { get; } =
    [
        new TaskCanceledException(), new TimeoutException(), new JSException(
            "gone"), new JSDisconnectedException("gone"),
    ];

    [Theory]
    [MemberData(nameof(BreaksOfUploads))]
    public async Task File_ThatTheBrowserBreaksOff_IsAProblemThatIsTold(Exception error)
    {
        await using var context = new PageContext();
        var page = context.Render<ReplayPage>();

        await page.InvokeAsync(() => page.FindComponent<InputFile>().Instance.OnChange.InvokeAsync(
            new InputFileChangeEventArgs([new BrokenFile(error)])));

        page.WaitForAssertion(
            () => Assert.Contains("stopped sending", page.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.False(page.Find("input[type=file]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Recording_Asked_IsAFileOfEvents()
    {
        await using var host = await Host.StartAsync();
        host.Live.Add(new Story().Up("5000").Events[0]);

        using var answer = await host.Http.GetAsync(
            new Uri("recording.jsonl", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        var tape = await TapeFile.ReadAsync(
            await answer.Content.ReadAsStreamAsync(Xunit.TestContext.Current.CancellationToken), 10,
                Xunit.TestContext.Current.CancellationToken);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("5000", Assert.Single(tape.Events).Event.Peer.Value);
    }

    private sealed class BrokenFile(Exception error) : IBrowserFile
    {
        public string Name => "events.jsonl";

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public long Size => 1;

        public string ContentType => TapeFile.ContentType;

        public Stream OpenReadStream(long maxAllowedSize, CancellationToken cancellationToken) => throw error;
    }
}
