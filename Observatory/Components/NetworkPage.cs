using Blockchain.Observatory.State;
using Microsoft.AspNetCore.Components;

namespace Blockchain.Observatory.Components;

/// <summary>A page that shows the network that its browser looks at, and shows it again when that has changed.</summary>
public abstract class NetworkPage : ComponentBase, IDisposable
{
    private long _drawn;

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

    private void OnChanged(object? sender, EventArgs e) => _ = InvokeAsync(() =>
    {
        if (View.IsLive && Time.GetElapsedTime(_drawn) < Interval)
            return;
        Look();
        StateHasChanged();
    });

    private void Look()
    {
        _drawn = Time.GetTimestamp();
        State = View.Current;
        Update();
    }
}
