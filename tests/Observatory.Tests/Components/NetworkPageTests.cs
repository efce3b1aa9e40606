using Blockchain.Observatory.Components;
using Blockchain.Observatory.State;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Blockchain.Observatory.Tests.Components;

public sealed class NetworkPageTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Change_BeforeAQuietTime_IsDrawnOnceTheIntervalIsOver()
    {
        using var context = new PageContext(_time, null, []);
        var page = context.Render<Page>(parameters => parameters.Add(page => page.Rest, TimeSpan.FromSeconds(1)));

        context.Tell(new Story().Up("5000"));
        _time.Pass(LiveNetwork.Interval);
        Assert.Equal(0, page.Instance.Shown);
        _time.Pass(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal(1, page.Instance.Shown));
        Assert.Equal(2, page.Instance.Drawings);
    }

    [Fact]
    public async Task Changes_WhileItsCircuitIsBusy_AreOneDrawing()
    {
        await using var context = new PageContext(_time, null, []);
        var page = context.Render<Page>();
        using var isBusy = new SemaphoreSlim(0);
        using var end = new SemaphoreSlim(0);
        var busy = Task.Run(() => page.InvokeAsync(() =>
        {
            isBusy.Release();
            end.Wait(TimeSpan.FromSeconds(30), Stop);
        }), Stop);
        await isBusy.WaitAsync(Stop);

        for (var i = 0; i < 5; i++)
        {
            context.Tell(new Story(1_000 + i).Up($"500{i}"));
            _time.Pass(LiveNetwork.Interval);
        }

        end.Release();
        await busy;
        await page.InvokeAsync(() => { });

        Assert.Equal((2, 5), (page.Instance.Drawings, page.Instance.Shown));
    }

    [Fact]
    public async Task Problem_OfADrawing_IsToldToTheCircuit()
    {
        await using var context = new PageContext(_time, null, []);
        var page = context.Render<Page>();
        page.Instance.Problem = new InvalidOperationException("It cannot be drawn.");

        context.Tell(new Story().Up("5000"));
        _time.Pass(LiveNetwork.Interval);

        Assert.Same(
            page.Instance.Problem,
            await context.Renderer.UnhandledException.WaitAsync(
                TimeSpan.FromSeconds(30), Stop));
    }

    private sealed class Page : NetworkPage
    {
        [Parameter]
        public TimeSpan Rest { get; set; }

        public int Drawings { get; private set; }

        public int Shown => State.Peers.Length;

        public Exception? Problem { get; set; }

        protected override TimeSpan Interval => Rest;

        protected override void Update()
        {
            Drawings++;
            if (Problem is { } problem)
            {
                throw problem;
            }
        }
    }
}
