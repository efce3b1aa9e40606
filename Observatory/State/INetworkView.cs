namespace Blockchain.Observatory.State;

/// <summary>A network to look at: the live one, or a recorded one at some time.</summary>
public interface INetworkView
{
    /// <summary>May be read from any thread.</summary>
    NetworkState Current { get; }

    /// <summary>
    /// <see cref="Current"/> is another one. At most a few times a second, on any thread: components answer by
    /// <c>InvokeAsync(StateHasChanged)</c>.
    /// </summary>
    event EventHandler? Changed;
}
