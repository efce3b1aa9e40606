namespace Blockchain.Observatory.State;

/// <summary>
/// What one browser looks at: the live network until it asks for another view. All its pages show the same, and hear
/// <see cref="Changed"/> as well when it chooses another one.
/// </summary>
public sealed class ViewChoice(LiveNetwork live) : INetworkView, IDisposable
{
    private readonly Lock _gate = new();
    private EventHandler? _changed;
    private INetworkView _shown = live;

    public event EventHandler? Changed
    {
        add
        {
            lock (_gate)
            {
                if (_changed is null)
                {
                    _shown.Changed += Pass;
                }

                _changed += value;
            }
        }

        remove
        {
            lock (_gate)
            {
                _changed -= value;
                if (_changed is null)
                {
                    _shown.Changed -= Pass;
                }
            }
        }
    }

    public bool IsLive => _shown == live;

    public NetworkState Current => _shown.Current;

    public void Show(INetworkView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        lock (_gate)
        {
            if (_changed is not null)
            {
                _shown.Changed -= Pass;
            }

            _shown = view;
            if (_changed is not null)
            {
                _shown.Changed += Pass;
            }
        }

        Pass(this, EventArgs.Empty);
    }

    public void ShowLive() => Show(live);

    public void Dispose() => _shown.Changed -= Pass;

    private void Pass(object? sender, EventArgs e) => _changed?.Invoke(this, e);
}
