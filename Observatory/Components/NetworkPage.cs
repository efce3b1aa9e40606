using Blockchain.Observatory.State;
using Microsoft.AspNetCore.Components;

namespace Blockchain.Observatory.Components;

/// <summary>
/// A page that shows the network that its browser looks at, and shows it again when that has changed.
/// </summary>
public abstract class NetworkPage : ComponentBase, IDisposable
{
    private long _drawn;
    private bool _isAsked;
    private bool _isGone;
    private ITimer? _later;

    [Inject]
    public ViewChoice View { get; set; } = null!;

    [Inject]
    public TimeProvider Time { get; set; } = null!;

    /// <summary>The network at the time of the drawing.</summary>
    protected NetworkState State { get; private set; } = NetworkState.Empty;

    /// <summary>How often at most the live network is drawn; what is replayed, as often as it is moved.</summary>
    protected virtual TimeSpan Interval => TimeSpan.Zero;

    public void Dispose()
    {
        View.Changed -= OnChanged;
        _isGone = true;
        _later?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        Look();
        View.Changed += OnChanged;
    }

    /// <summary>The state is another one.</summary>
    protected virtual void Update()
    {
    }

    private void OnChanged(object? sender, EventArgs e) => _ = AskAsync();

    /// <summary>Has it drawn, on any thread; once for all that changes before its circuit comes to it.</summary>
    private async Task AskAsync()
    {
        if (Interlocked.Exchange(ref _isAsked, true))
        {
            return;
        }

        try
        {
            await InvokeAsync(Draw);
        }
        catch (Exception) when (_isGone)
        {
            // Nobody looks any more.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private void Draw()
    {
        // Before it looks: what changes from now on is another drawing.
        Interlocked.Exchange(ref _isAsked, false);
        if (_isGone)
        {
            return;
        }

        _later?.Dispose();
        _later = null;
        var rest = View.IsLive ? Interval - Time.GetElapsedTime(_drawn) : TimeSpan.Zero;
        if (rest > TimeSpan.Zero)
        {
            _later = Time.CreateTimer(_ => _ = AskAsync(), null, rest, Timeout.InfiniteTimeSpan);
            return;
        }

        Look();
        StateHasChanged();
    }

    private void Look()
    {
        _drawn = Time.GetTimestamp();
        State = View.Current;
        Update();
    }
}
